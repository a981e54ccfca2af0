namespace Verification.Cluster.Manifests.Checks;

/// <summary>Pods of a Deployment are spread over nodes: a node takes not all of them with it.</summary>
internal sealed class PodsAreSpread : PodCheck
{
    /// <inheritdoc />
    public override string Name => "spread";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Kind == "Deployment"
        && !pod.Spec.ListAt("topologySpreadConstraints").Any(spread => pod.Labels.Holds(spread.TextsAt("labelSelector", "matchLabels")))
        && pod.Spec.At("affinity", "podAntiAffinity") is null
            ? ("may have all its pods on one node", "give topologySpreadConstraints that select its own pods")
            : null;
}
