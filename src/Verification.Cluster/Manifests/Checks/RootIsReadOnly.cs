using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A container can't change its own programs.</summary>
internal sealed class RootIsReadOnly : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "read-only-root";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container.TextAt("securityContext", "readOnlyRootFilesystem") != "true"
            ? ("can write its root file system", "set securityContext.readOnlyRootFilesystem, and mount an emptyDir where it must write")
            : null;
}
