namespace Verification.Cluster.Manifests.Checks;

/// <summary>How many pods there are is said in one place: of two each takes back what the other has done.</summary>
internal sealed class OneSaysHowMany : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "one-autoscaler";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from pod in set.Pods
        let autoscalers = set.Autoscalers.Where(autoscaler => autoscaler.Scales(pod.Owner)).Select(each => each.Manifest.Id).ToList()
        let replicas = pod.Owner.Root.TextAt("spec", "replicas")
        where autoscalers.Count > 1 || (autoscalers.Count == 1 && replicas.Length > 0)
        select new ManifestFault(
            pod.Owner,
            $"has {(replicas.Length > 0 ? $"{replicas} replicas of its own, and " : string.Empty)}{string.Join(" and ", autoscalers)}",
            "leave out spec.replicas, and all autoscalers but one"
        );
}
