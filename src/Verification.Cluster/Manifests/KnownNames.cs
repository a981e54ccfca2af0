using System.Text.Json.Nodes;
using Verification.Objectives;

namespace Verification.Cluster.Manifests;

/// <summary>What rules take as known, and manifests can't say of themselves: <c>environments/known.yaml</c>.</summary>
/// <param name="Registries">The registries that images come from.</param>
/// <param name="Callers">Who may be let in to what keeps data, by its name: pods of its namespace, each by its name, and of another one, as
/// <c>namespace/name</c>.</param>
public sealed record KnownNames(IReadOnlySet<string> Registries, IReadOnlyDictionary<string, IReadOnlySet<string>> Callers)
{
    /// <summary>Nothing is known.</summary>
    public static KnownNames None { get; } =
        new(new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal));

    /// <summary>Reads the file.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="DocumentException">It is not there, or not as its schema says.</exception>
    public static KnownNames Read(string file)
    {
        DocumentReader.Read(file, "known");
        var root = ManifestReader.Parse(File.ReadAllText(file), file)[0].Root;
        return new KnownNames(
            Names(root.At("registries")),
            (root.At("callers") as JsonObject ?? []).ToDictionary(each => each.Key, each => Names(each.Value), StringComparer.Ordinal)
        );
    }

    private static IReadOnlySet<string> Names(JsonNode? list) =>
        (list as JsonArray ?? []).Select(name => $"{name}").ToHashSet(StringComparer.Ordinal);
}
