namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each Deployment has at least two pods: one may always be away.</summary>
internal sealed class ServicesAreSeveral : PodCheck
{
    /// <inheritdoc />
    public override string Name => "replicas";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Kind == "Deployment" && int.TryParse(pod.Owner.Root.TextAt("spec", "replicas"), out var replicas) && replicas < 2
            ? ($"has {replicas} pod", "give it two replicas or more")
            : null;
}
