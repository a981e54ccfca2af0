namespace Verification.Cluster.Manifests.Checks;

/// <summary>What reads its data first is given time for it: liveness begins after a startup probe.</summary>
internal sealed class StatefulSetsStartSlowly : PodCheck
{
    /// <inheritdoc />
    public override string Name => "startup-probe";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Kind == "StatefulSet" && pod.Spec.ListAt("containers").Any(container => container.At("startupProbe") is null)
            ? ("has a container without a startup probe", "give it one with time for the recovery of its data")
            : null;
}
