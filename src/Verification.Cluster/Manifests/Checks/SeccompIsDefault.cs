namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each pod is held to the system calls of its runtime's default profile.</summary>
internal sealed class SeccompIsDefault : PodCheck
{
    /// <inheritdoc />
    public override string Name => "seccomp";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Containers.Any(container => pod.SecurityOf(container, "seccompProfile", "type") != "RuntimeDefault")
            ? ("has no seccomp profile", "set securityContext.seccompProfile.type: RuntimeDefault for the pod")
            : null;
}
