using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>The pods that a manifest brings forth.</summary>
/// <param name="Owner">The manifest.</param>
/// <param name="Template">Their template.</param>
public sealed record PodTemplate(Manifest Owner, JsonNode Template)
{
    private static readonly string[] Kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"];

    /// <summary>What they are.</summary>
    public JsonNode? Spec => Template.At("spec");

    /// <summary>Their labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => Template.TextsAt("metadata", "labels");

    /// <summary>Their containers, those that run first, too.</summary>
    public IReadOnlyList<JsonNode> Containers => [.. Spec.ListAt("initContainers"), .. Spec.ListAt("containers")];

    /// <summary>What holds for the security of a container: what it says itself, else what its pod says.</summary>
    /// <param name="container">One of the containers.</param>
    /// <param name="path">Where it stands in a securityContext.</param>
    public string SecurityOf(JsonNode container, params string[] path) =>
        container.TextAt(["securityContext", .. path]) is { Length: > 0 } own ? own : Spec.TextAt(["securityContext", .. path]);

    /// <summary>Whether they serve until somebody ends them.</summary>
    public bool Serves => Owner.Kind is "Deployment" or "StatefulSet" or "DaemonSet";

    /// <summary>The pods of a manifest; null where it brings forth none.</summary>
    public static PodTemplate? Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var template =
            manifest.Kind == "CronJob" ? manifest.Root.At("spec", "jobTemplate", "spec", "template")
            : Kinds.Contains(manifest.Kind) ? manifest.Root.At("spec", "template")
            : manifest.Kind == "Pod" ? manifest.Root
            : null;
        return template is null ? null : new PodTemplate(manifest, template);
    }
}
