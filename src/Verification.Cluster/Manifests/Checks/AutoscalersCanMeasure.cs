namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is scaled by its share of the processor says how much it asks for, in each of its containers: of nothing there is no
/// share, and the autoscaler would do nothing.</summary>
internal sealed class AutoscalersCanMeasure : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "autoscaler-requests";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from autoscaler in set.Autoscalers
        where autoscaler.ByProcessor
        from pod in set.Pods
        where autoscaler.Scales(pod.Owner)
        from container in pod.Spec.ListAt("containers")
        where container.TextAt("resources", "requests", "cpu").Length == 0
        select new ManifestFault(
            autoscaler.Manifest,
            $"goes by the processor that container {container.TextAt("name")} of {pod.Owner.Id} uses of what it asks for, and that asks for none",
            "give the container resources.requests.cpu"
        );
}
