namespace Verification.Cluster.Manifests.Checks;

/// <summary>No object is of a version of the API that newer clusters have not.</summary>
internal sealed class VersionsAreServed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "api-version";

    private static readonly string[] Gone =
    [
        "extensions/v1beta1 Deployment",
        "extensions/v1beta1 Ingress",
        "networking.k8s.io/v1beta1 Ingress",
        "apps/v1beta1 Deployment",
        "apps/v1beta2 Deployment",
        "apps/v1beta1 StatefulSet",
        "apps/v1beta2 StatefulSet",
        "batch/v1beta1 CronJob",
        "policy/v1beta1 PodDisruptionBudget",
        "policy/v1beta1 PodSecurityPolicy",
        "autoscaling/v2beta1 HorizontalPodAutoscaler",
        "autoscaling/v2beta2 HorizontalPodAutoscaler",
        "discovery.k8s.io/v1beta1 EndpointSlice",
        "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema",
    ];

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Manifests.Where(manifest => Gone.Contains($"{manifest.Root.TextAt("apiVersion")} {manifest.Kind}"))
            .Select(manifest => new ManifestFault(
                manifest,
                $"is of {manifest.Root.TextAt("apiVersion")}, which is no longer served",
                "use the version that Kubernetes 1.34 serves"
            ));
}
