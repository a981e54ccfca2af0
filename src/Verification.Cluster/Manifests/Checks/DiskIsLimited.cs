using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each container has a limit of the node's disk: without one its log evicts its neighbours.</summary>
internal sealed class DiskIsLimited : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "disk-limit";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("resources", "limits", "ephemeral-storage").Length == 0
            ? ("may fill the disk of its node", "give resources.limits.ephemeral-storage")
            : null;
}
