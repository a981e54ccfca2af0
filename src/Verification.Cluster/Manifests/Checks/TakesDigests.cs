using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is no throwaway cluster runs an image by its digest: a tag may have moved since the verdict.</summary>
internal sealed class TakesDigests : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "digest";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        !container.TextAt("image").Contains("@sha256:", StringComparison.Ordinal)
            ? ($"runs {container.TextAt("image")}, which is no digest", "name the image by the digest that the verdict binds")
            : null;

    /// <inheritdoc />
    public override bool HoldsIn(string environment) => environment != "local";
}
