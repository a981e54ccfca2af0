namespace Verification.Cluster.Manifests.Checks;

/// <summary>What has several pods loses not all of them when nodes are drained, and does not keep a node from being drained.</summary>
internal sealed class DisruptionIsBounded : PodCheck
{
    /// <inheritdoc />
    public override string Name => "disruption-budget";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Root.TextAt("spec", "replicas") is var text && (!pod.Serves || !int.TryParse(text, out var replicas) || replicas < 2)
            ? null
        : set.OfKind("PodDisruptionBudget")
            .Where(budget => pod.Labels.Holds(budget.Root.TextsAt("spec", "selector", "matchLabels")))
            .ToList()
            is not [var budget]
            ? ("has no PodDisruptionBudget, or several", "give it one that selects its pods")
        : budget.Root.TextAt("spec", "maxUnavailable") is "0" or "0%" || budget.Root.TextAt("spec", "minAvailable") == text
            ? ("may lose no pod, so that no node can be drained", "allow one with maxUnavailable: 1")
        : null;
}
