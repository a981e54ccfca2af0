namespace Verification.Cluster.Manifests.Checks;

/// <summary>An autoscaler scales something that is deployed.</summary>
internal sealed class AutoscalersHaveTargets : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "autoscaler-target";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Autoscalers.Where(autoscaler => !set.Pods.Any(pod => autoscaler.Scales(pod.Owner)))
            .Select(autoscaler => new ManifestFault(
                autoscaler.Manifest,
                $"scales {autoscaler.TargetKind}/{autoscaler.TargetName}, which is not there",
                "name in scaleTargetRef what is deployed to its namespace"
            ));
}
