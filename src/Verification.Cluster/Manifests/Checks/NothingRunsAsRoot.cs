namespace Verification.Cluster.Manifests.Checks;

/// <summary>No pod runs as root.</summary>
internal sealed class NothingRunsAsRoot : PodCheck
{
    /// <inheritdoc />
    public override string Name => "non-root";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Spec.TextAt("securityContext", "runAsNonRoot") != "true" || pod.Spec.TextAt("securityContext", "runAsUser") is "" or "0"
            ? ("may run as root", "set securityContext.runAsNonRoot and .runAsUser for the pod")
            : null;
}
