namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each namespace takes only pods of the profile restricted.</summary>
internal sealed class NamespacesAreRestricted : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "restricted-namespace";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Namespace")
            .Where(space =>
                space.Root.TextsAt("metadata", "labels").GetValueOrDefault("pod-security.kubernetes.io/enforce") != "restricted"
            )
            .Select(space => new ManifestFault(
                space,
                "takes pods of any rights",
                "label it pod-security.kubernetes.io/enforce: restricted"
            ));
}
