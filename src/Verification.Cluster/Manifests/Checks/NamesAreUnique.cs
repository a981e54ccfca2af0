namespace Verification.Cluster.Manifests.Checks;

/// <summary>No two releases have an object of one name: the second would take the first one's.</summary>
internal sealed class NamesAreUnique : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "unique-name";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Manifests.GroupBy(manifest => (manifest.Kind, manifest.Namespace, manifest.Name))
            .Where(group => group.Count() > 1)
            .Select(group => new ManifestFault(group.Last(), $"is in {group.First().File}, too", "give one of them another name"));
}
