using k8s.Models;

namespace Verification.Cluster.Control;

/// <summary>The image that a pod runs from.</summary>
/// <param name="Name">The name that its pod asks for.</param>
/// <param name="Digest">What it is by content, as the node tells it: the digest of its repository, or the id of an image that was brought
/// there by hand. Empty while it is not told.</param>
internal sealed record PodImage(string Name, string Digest)
{
    /// <summary>The version that its name says; empty where it says none.</summary>
    public string Tag =>
        Name.Split('@')[0] is var plain && plain.LastIndexOf(':') is var colon && colon > plain.LastIndexOf('/')
            ? plain[(colon + 1)..]
            : string.Empty;

    /// <summary>Those of pods, each once. Of a pod that has only just been made, as an autoscaler makes one at any time, nothing is told
    /// yet: it counts where it asks for another name than those that run.</summary>
    public static IReadOnlyList<PodImage> OfAll(IEnumerable<V1Pod> pods)
    {
        var asked = pods.Select(Of).Distinct().ToList();
        return
        [
            .. asked.Where(image => image.Digest.Length > 0 || !asked.Exists(other => other.Digest.Length > 0 && other.Name == image.Name)),
        ];
    }

    /// <summary>That of a pod's first container.</summary>
    public static PodImage Of(V1Pod pod)
    {
        // registry.example/server@sha256:…, or sha256:… alone.
        var id = pod.Status?.ContainerStatuses is [var first, ..] ? first.ImageID ?? string.Empty : string.Empty;
        return new PodImage(pod.Spec.Containers[0].Image, id[(id.LastIndexOf('@') + 1)..]);
    }
}
