namespace Verification.Cluster.Manifests.Checks;

/// <summary>What selects pods selects those of its own template.</summary>
internal sealed class SelectorsFit : PodCheck
{
    /// <inheritdoc />
    public override string Name => "selectors";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Root.At("spec", "selector", "matchLabels") is not null
        && !pod.Labels.Holds(pod.Owner.Root.TextsAt("spec", "selector", "matchLabels"))
            ? ("selects other pods than its own", "let spec.selector.matchLabels be among the labels of its template")
            : null;
}
