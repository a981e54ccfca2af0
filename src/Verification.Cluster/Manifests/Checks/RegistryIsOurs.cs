using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is no throwaway cluster pulls from a registry that is named, and not from the one that a runtime takes for a name without
/// one, where anybody may have that name.</summary>
internal sealed class RegistryIsOurs : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "registry";

    /// <inheritdoc />
    public override bool HoldsIn(string environment) => environment != "local";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("image").Split('/') is [var registry, _, ..]
        && registry != "docker.io"
        && (registry.Contains('.', StringComparison.Ordinal) || registry.Contains(':', StringComparison.Ordinal))
            ? null
            : (
                $"runs {container.TextAt("image")} from whatever registry the node takes, or from a public one",
                "name the registry that was published to"
            );
}
