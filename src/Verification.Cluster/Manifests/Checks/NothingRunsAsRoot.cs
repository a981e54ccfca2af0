namespace Verification.Cluster.Manifests.Checks;

/// <summary>No pod runs as root.</summary>
internal sealed class NothingRunsAsRoot : PodCheck
{
    /// <inheritdoc />
    public override string Name => "non-root";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Containers.Any(container =>
            pod.SecurityOf(container, "runAsNonRoot") != "true" || pod.SecurityOf(container, "runAsUser") is "" or "0"
        )
            ? ("may run as root", "set securityContext.runAsNonRoot and .runAsUser for the pod")
            : null;
}
