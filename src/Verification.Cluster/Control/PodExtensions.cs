using k8s.Models;

namespace Verification.Cluster.Control;

/// <summary>What is asked of pods again and again.</summary>
internal static class PodExtensions
{
    /// <summary>Whether a pod says of itself that it is ready.</summary>
    public static bool IsReady(this V1Pod pod) =>
        (pod.Status?.Conditions ?? []).Any(condition => condition is { Type: "Ready", Status: "True" });

    /// <summary>The labels by which the pods of a Deployment are found.</summary>
    public static string PodSelector(this V1Deployment deployment) =>
        string.Join(',', deployment.Spec.Selector.MatchLabels.Select(label => $"{label.Key}={label.Value}"));
}
