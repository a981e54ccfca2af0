using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace Verification.Cluster.Scaling;

/// <summary>Who has said how many pods a Deployment has: the API server notes for each field who has set it.</summary>
internal static class ReplicaOwners
{
    /// <summary>The part of a Deployment by which autoscalers set the number alone.</summary>
    private const string Scale = "scale";

    /// <summary>Those that are no autoscaler.</summary>
    /// <param name="fields">What the API server has noted; null for nothing.</param>
    public static IReadOnlyList<string> BesideAutoscalers(IEnumerable<V1ManagedFieldsEntry>? fields) =>
        [.. (fields ?? []).Where(entry => entry.Subresource != Scale && HasReplicas(entry)).Select(entry => entry.Manager)];

    private static bool HasReplicas(V1ManagedFieldsEntry entry) =>
        JsonSerializer.SerializeToNode(entry.FieldsV1) is JsonObject set
        && set["f:spec"] is JsonObject spec
        && spec.ContainsKey("f:replicas");
}
