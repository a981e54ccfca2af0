using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is deployed is what was verified: an image has a tag that says which it is, and in production a digest.</summary>
internal sealed class ImagesArePinned : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "pinned-image";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        NameOf(container) is var image
        && !image.Contains("@sha256:", StringComparison.Ordinal)
        && (
            !image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal)
            || image.EndsWith(":latest", StringComparison.Ordinal)
        )
            ? ($"runs {image}, whatever that is by then", "name a tag other than latest, or a digest")
            : null;

    private static string NameOf(JsonNode container) => container.TextAt("image");
}
