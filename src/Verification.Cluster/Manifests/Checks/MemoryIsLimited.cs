using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each container has a limit of memory: without one it takes that of its neighbours.</summary>
internal sealed class MemoryIsLimited : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "memory-limit";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("resources", "limits", "memory").Length == 0
            ? ("may take all memory of its node", "give resources.limits.memory")
            : null;
}
