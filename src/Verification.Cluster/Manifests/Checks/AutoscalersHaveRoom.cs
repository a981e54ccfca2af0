namespace Verification.Cluster.Manifests.Checks;

/// <summary>An autoscaler may have more pods than its least number: else it never acts.</summary>
internal sealed class AutoscalersHaveRoom : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "autoscaler-range";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Autoscalers.Where(autoscaler => autoscaler.Most <= autoscaler.Least)
            .Select(autoscaler => new ManifestFault(
                autoscaler.Manifest,
                $"has {autoscaler.Least} pods at least and {autoscaler.Most} at most",
                "let the maximum be above the minimum"
            ));
}
