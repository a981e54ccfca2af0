namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each Deployment has at least two pods: one may always be away.</summary>
internal sealed class ServicesAreSeveral : PodCheck
{
    /// <inheritdoc />
    public override string Name => "replicas";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Kind == "Deployment" && set.LeastOf(pod) is { } least && least < 2
            ? ($"may have {least} pod", "give it two replicas or more, or an autoscaler that leaves it two")
            : null;
}
