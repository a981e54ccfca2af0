namespace Verification.Cluster.Manifests.Checks;

/// <summary>What has several pods loses not all of them when nodes are drained, and does not keep a node from being drained.</summary>
internal sealed class DisruptionIsBounded : PodCheck
{
    /// <inheritdoc />
    public override string Name => "disruption-budget";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        set.LeastOf(pod) is not { } least || least < 2 ? null
        : set.OfKind("PodDisruptionBudget")
            .Where(budget => pod.Labels.Holds(budget.Root.TextsAt("spec", "selector", "matchLabels")))
            .ToList()
            is not [var budget]
            ? ("has no PodDisruptionBudget, or several", "give it one that selects its pods")
        : budget.Root.TextAt("spec", "maxUnavailable") is "0" or "0%" || KeepsAll(budget.Root.TextAt("spec", "minAvailable"), least)
            ? ($"may lose no pod where it has {least}, so that no node can be drained", "allow one with maxUnavailable: 1")
        : null;

    private static bool KeepsAll(string text, int least) => text == "100%" || (int.TryParse(text, out var kept) && kept >= least);
}
