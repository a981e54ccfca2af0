namespace Verification.Cluster.Manifests.Checks;

/// <summary>A pod of a Deployment goes on serving until its endpoints are forgotten.</summary>
internal sealed class ServicesDrain : PodCheck
{
    /// <inheritdoc />
    public override string Name => "pre-stop";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Owner.Kind == "Deployment" && pod.Spec.ListAt("containers").Any(container => container.At("lifecycle", "preStop") is null)
            ? ("ends at once when it is asked to, while requests still come to it", "give each container lifecycle.preStop.sleep")
            : null;
}
