using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>No container takes a port of its node.</summary>
internal sealed class NoHostPorts : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "no-host-port";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.ListAt("ports").Any(port => port.TextAt("hostPort").Length > 0)
            ? ("takes a port of its node", "leave hostPort out; a Service leads to it")
            : null;
}
