namespace Verification.Cluster.Manifests.Checks;

/// <summary>No pod has a token of the API server: none of them asks it anything.</summary>
internal sealed class NoTokens : PodCheck
{
    /// <inheritdoc />
    public override string Name => "no-token";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Spec.TextAt("automountServiceAccountToken") != "false"
            ? ("has a token of the API server", "set automountServiceAccountToken: false for the pod")
            : null;
}
