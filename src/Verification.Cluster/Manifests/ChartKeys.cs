using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Cluster.Manifests;

/// <summary>The keys that an unpacked chart takes values by: those of its <c>values.yaml</c>, commented ones and those of the charts that
/// it brings among them, and of its <c>values.schema.json</c>, where it has one.</summary>
public sealed partial class ChartKeys
{
    /// <summary>What charts hand on as it is, to Kubernetes or to a program, each of which knows its own keys.</summary>
    private static readonly string[] HandedOn =
    [
        "securityContext",
        "podSecurityContext",
        "containerSecurityContext",
        "resources",
        "extraArgs",
    ];

    /// <summary>What Helm itself hands on to all charts.</summary>
    private const string Global = "global";

    private readonly Level top;
    private readonly HashSet<string> commented = new(StringComparer.Ordinal);

    private ChartKeys(string folder) => top = Read(folder);

    /// <summary>Reads those of a chart.</summary>
    /// <param name="folder">The folder that it is unpacked in.</param>
    /// <exception cref="DocumentException">A file of it is no YAML.</exception>
    public static ChartKeys Of(string folder) => new(folder);

    /// <summary>The keys of values that it does not take, each by its path.</summary>
    /// <param name="values">The values.</param>
    public IEnumerable<string> UnknownIn(JsonNode? values) => UnknownIn(values, top, []);

    private IEnumerable<string> UnknownIn(JsonNode? given, Level known, string[] path) =>
        given is not JsonObject map || known.IsOpen || (path.Length > 0 && HandedOn.Contains(path[^1]))
            ? []
            : map.SelectMany(each => UnknownAt(each.Key, each.Value, known, [.. path, each.Key]));

    private IEnumerable<string> UnknownAt(string key, JsonNode? given, Level known, string[] path)
    {
        if (known.Keys.TryGetValue(key, out var below))
            return UnknownIn(given, below, path);
        return commented.Contains(key) || (path.Length == 1 && key == Global) ? [] : [string.Join('.', path)];
    }

    private Level Read(string folder)
    {
        var values = Path.Combine(folder, "values.yaml");
        var text = File.Exists(values) ? File.ReadAllText(values) : string.Empty;
        commented.UnionWith(Commented().Matches(text).Select(match => match.Groups["key"].Value));
        var level = Level.Of(Parsed(text, values));
        var schema = Path.Combine(folder, "values.schema.json");
        if (File.Exists(schema) && JsonNode.Parse(File.ReadAllText(schema)) is { } root)
            level = level.With(Level.OfSchema(root, root, []));
        var names = NamesOfDependencies(folder);
        var charts = Path.Combine(folder, "charts");
        foreach (var brought in Directory.Exists(charts) ? Directory.GetDirectories(charts) : [])
        {
            var name = Path.GetFileName(brought);
            level = level.With(Level.Holding(names.GetValueOrDefault(name, name), Read(brought)));
        }

        return level;
    }

    /// <summary>By which key a chart that is brought has its values, where that is not its name.</summary>
    private static Dictionary<string, string> NamesOfDependencies(string folder)
    {
        var file = Path.Combine(folder, "Chart.yaml");
        return Parsed(File.Exists(file) ? File.ReadAllText(file) : string.Empty, file)
            .ListAt("dependencies")
            .Where(dependency => dependency.TextAt("alias").Length > 0)
            .DistinctBy(dependency => dependency.TextAt("name"))
            .ToDictionary(dependency => dependency.TextAt("name"), dependency => dependency.TextAt("alias"), StringComparer.Ordinal);
    }

    private static JsonNode? Parsed(string text, string file) => ManifestReader.Parse(text, file) is [var only, ..] ? only.Root : null;

    [GeneratedRegex(
        @"^[ \t]*#[# \t]*(- )?(?<key>[A-Za-z][A-Za-z0-9_.-]*):",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Commented();

    /// <summary>The keys of a map, and whether it takes any.</summary>
    private sealed record Level(bool IsOpen, IReadOnlyDictionary<string, Level> Keys)
    {
        private static readonly Level Open = new(true, new Dictionary<string, Level>(StringComparer.Ordinal));

        /// <summary>A map that is empty by default, and whatever is no map, takes what it is given.</summary>
        public static Level Of(JsonNode? defaults) =>
            defaults is JsonObject { Count: > 0 } map
                ? new Level(false, map.ToDictionary(each => each.Key, each => Of(each.Value), StringComparer.Ordinal))
                : Open;

        /// <summary>What a schema names; it may name itself.</summary>
        public static Level OfSchema(JsonNode root, JsonNode? schema, IReadOnlyList<string> seen)
        {
            if (schema.TextAt("$ref") is { Length: > 0 } reference)
                return seen.Contains(reference) || !reference.StartsWith("#/", StringComparison.Ordinal)
                    ? Open
                    : OfSchema(root, root.At(reference[2..].Split('/')), [.. seen, reference]);
            return schema.At("properties") is JsonObject { Count: > 0 } properties && schema.At("additionalProperties") is not JsonObject
                ? new Level(
                    false,
                    properties.ToDictionary(each => each.Key, each => OfSchema(root, each.Value, seen), StringComparer.Ordinal)
                )
                : Open;
        }

        /// <summary>A map of one key.</summary>
        public static Level Holding(string key, Level below) =>
            new(false, new Dictionary<string, Level>(StringComparer.Ordinal) { [key] = below });

        /// <summary>The keys of both; where one of them names none, the other one's count.</summary>
        public Level With(Level other) =>
            IsOpen ? other
            : other.IsOpen ? this
            : new Level(
                false,
                Keys.Keys.Union(other.Keys.Keys, StringComparer.Ordinal)
                    .ToDictionary(
                        key => key,
                        key =>
                            !Keys.TryGetValue(key, out var own) ? other.Keys[key]
                            : other.Keys.TryGetValue(key, out var further) ? own.With(further)
                            : own,
                        StringComparer.Ordinal
                    )
            );
    }
}
