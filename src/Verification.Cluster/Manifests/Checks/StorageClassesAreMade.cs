using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A claim names a class of storage that is made here, wherever any is: of another it waits for ever.</summary>
internal sealed class StorageClassesAreMade : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "storage-class";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        var made = set.OfKind("StorageClass").Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        return made.Count == 0
            ? []
            : set
                .Manifests.Where(manifest => manifest.Kind != "CustomResourceDefinition")
                .SelectMany(manifest => ClassesOf(manifest.Root).Distinct(StringComparer.Ordinal), (manifest, named) => (manifest, named))
                .Where(each => !made.Contains(each.named))
                .Select(each => new ManifestFault(
                    each.manifest,
                    $"claims a volume of the class '{each.named}', and there is {string.Join(" and ", made.Order(StringComparer.Ordinal))}",
                    "correct the name, or make the class"
                ));
    }

    /// <summary>Operators make claims of what stands anywhere in an object of theirs.</summary>
    private static IEnumerable<string> ClassesOf(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(entry =>
                entry is { Key: "storageClassName", Value: JsonValue named } ? [$"{named}"] : ClassesOf(entry.Value)
            ),
            JsonArray list => list.SelectMany(ClassesOf),
            _ => [],
        };
}
