namespace Verification.Cluster.Deployments;

/// <summary>How much of the environment <c>local</c> is deployed.</summary>
/// <param name="Components">The components whose images are needed.</param>
/// <param name="Values">What is said beside the environment's own values.</param>
public sealed record LocalExtent(IReadOnlyList<string> Components, string Values)
{
    /// <summary>Those that a gateway, policies and autoscalers need.</summary>
    private static readonly string[] Operators = ["envoy-gateway", "envoy", "kube-network-policies", "metrics-server"];

    /// <summary>The platform alone, which nobody reaches from outside.</summary>
    public static LocalExtent Platform { get; } =
        new(["mysql", "redis", "artemis", "dashboard", "server"], "operators: {enabled: false}\ngateway: {enabled: false}\n");

    /// <summary>All of it.</summary>
    /// <param name="keySet">The keys (JWKS) of whoever issues tokens.</param>
    public static LocalExtent Whole(string keySet) =>
        new([.. Platform.Components, .. Operators], $"gateway: {{tokens: {{keys: '{keySet}'}}}}\n");
}
