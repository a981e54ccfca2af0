namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each object says what it is, of which release, and that it is a part of the platform.</summary>
internal sealed class RecommendedLabels : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "labels";

    private static readonly string[] Wanted =
    [
        "app.kubernetes.io/name",
        "app.kubernetes.io/instance",
        "app.kubernetes.io/managed-by",
        "app.kubernetes.io/part-of",
    ];

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.Manifests.SelectMany(
            manifest => Wanted.Where(label => !manifest.Root.TextsAt("metadata", "labels").ContainsKey(label)),
            (manifest, label) => new ManifestFault(manifest, $"has no label {label}", "give it the labels of its chart")
        );
}
