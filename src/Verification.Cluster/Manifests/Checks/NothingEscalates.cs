using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>No process of a container gets more rights than it was started with.</summary>
internal sealed class NothingEscalates : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "no-escalation";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("securityContext", "allowPrivilegeEscalation") != "false"
            ? ("may escalate its rights", "set securityContext.allowPrivilegeEscalation: false")
            : null;
}
