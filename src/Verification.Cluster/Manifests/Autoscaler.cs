using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>What says how many pods there are: a HorizontalPodAutoscaler, or a ScaledObject, of which KEDA makes one.</summary>
/// <param name="Manifest">The autoscaler.</param>
/// <param name="TargetKind">Kind of what it scales.</param>
/// <param name="TargetName">Name of what it scales.</param>
/// <param name="Least">How many pods there are at least.</param>
/// <param name="Most">How many pods there are at most.</param>
/// <param name="ByProcessor">Whether it goes by the share of the processor that pods use of what they ask for.</param>
public sealed record Autoscaler(Manifest Manifest, string TargetKind, string TargetName, int Least, int Most, bool ByProcessor)
{
    /// <summary>Reads one; null where the manifest is none.</summary>
    public static Autoscaler? Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Kind switch
        {
            // What is not said is as the API has it.
            "HorizontalPodAutoscaler" => Of(
                manifest,
                Spec(manifest, "minReplicas", 1),
                Spec(manifest, "maxReplicas", 0),
                manifest.Root.ListAt("spec", "metrics") is var metrics && (metrics.Count == 0 || metrics.Any(IsShareOfProcessor))
            ),
            "ScaledObject" => Of(
                manifest,
                Spec(manifest, "minReplicaCount", 0),
                Spec(manifest, "maxReplicaCount", 100),
                manifest
                    .Root.ListAt("spec", "triggers")
                    .Any(trigger => trigger.TextAt("type") == "cpu" && trigger.TextAt("metricType") == "Utilization")
            ),
            _ => null,
        };
    }

    /// <summary>Whether it scales an object.</summary>
    public bool Scales(Manifest target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Kind == TargetKind && target.Name == TargetName && target.Namespace == Manifest.Namespace;
    }

    private static Autoscaler Of(Manifest manifest, int least, int most, bool byProcessor) =>
        new(
            manifest,
            manifest.Root.TextAt("spec", "scaleTargetRef", "kind") is { Length: > 0 } kind ? kind : "Deployment",
            manifest.Root.TextAt("spec", "scaleTargetRef", "name"),
            least,
            most,
            byProcessor
        );

    private static int Spec(Manifest manifest, string key, int otherwise) =>
        int.TryParse(manifest.Root.TextAt("spec", key), out var number) ? number : otherwise;

    private static bool IsShareOfProcessor(JsonNode metric) =>
        metric.TextAt("resource", "name") == "cpu" && metric.TextAt("resource", "target", "type") == "Utilization";
}
