using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Readiness asks another question than liveness: a dependency that is away must take a pod out of service, and not restart
/// it.</summary>
internal sealed class ProbesDiffer : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "probes-differ";

    private static readonly string[] Kinds = ["httpGet", "tcpSocket", "exec", "grpc"];

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        // What runs before the others ends by itself.
        !pod.Serves || pod.Spec.ListAt("initContainers").Contains(container)
            ? null
        : container.At("readinessProbe") is not { } readiness || container.At("livenessProbe") is not { } liveness
            ? ("has no readiness or no liveness probe", "give it both")
        : Question(readiness) == Question(liveness)
            ? (
                "asks the same for readiness and liveness",
                "ask for readiness whether it can do its work, and for liveness whether it answers at all"
            )
        : null;

    /// <summary>What a probe asks, without how often.</summary>
    private static string Question(JsonNode probe) => string.Join(' ', Kinds.Select(kind => probe.At(kind)?.ToJsonString()));
}
