using Verification.Stack;

namespace Verification.Cluster.Attaching;

/// <summary>What is around a platform and not found by its labels.</summary>
/// <param name="Monitoring">Namespace of the Prometheus and the Alertmanager that watch it.</param>
/// <param name="Gateway">The way by which its clients come in from outside; null where nobody has named one.</param>
/// <param name="Token">Where a token of somebody who may post by the gateway is read from, as <c>env:NAME</c> or <c>file:PATH</c>; null
/// where nobody has named one.</param>
public sealed record AttachedSurroundings(string Monitoring, GatewayDescription? Gateway, string? Token)
{
    /// <summary>The namespace that <c>helmfile.yaml</c> has what watches in.</summary>
    public const string MonitoringNamespace = "monitoring";

    /// <summary>As <c>helmfile.yaml</c> has it, and nobody comes in from outside.</summary>
    public static AttachedSurroundings Usual { get; } = new(MonitoringNamespace, Gateway: null, Token: null);
}
