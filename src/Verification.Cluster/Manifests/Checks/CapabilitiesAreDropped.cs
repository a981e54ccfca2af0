using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>No container has a capability of the kernel.</summary>
internal sealed class CapabilitiesAreDropped : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "drop-all";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        !container.ListAt("securityContext", "capabilities", "drop").Any(dropped => dropped.ToString() == "ALL")
            ? ("keeps capabilities of the kernel", "set securityContext.capabilities.drop: [ALL]")
            : null;
}
