using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each container says what it needs of processor and memory: a scheduler and an autoscaler go by it.</summary>
internal sealed class RequestsAreGiven : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "requests";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("resources", "requests", "cpu").Length == 0 || container.TextAt("resources", "requests", "memory").Length == 0
            ? ("asks for no cpu or no memory", "give resources.requests.cpu and .memory")
            : null;
}
