namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each object is of a version of the API that is served: by Kubernetes 1.34, or, where others define its kind, by what
/// config/versions.yaml pins of them.</summary>
internal sealed class VersionsAreServed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "api-version";

    /// <summary>By group; that of Kubernetes' first kinds has no name.</summary>
    private static readonly Dictionary<string, string[]> Served = new(StringComparer.Ordinal)
    {
        [""] = ["v1"],
        ["admissionregistration.k8s.io"] = ["v1"],
        ["apiextensions.k8s.io"] = ["v1"],
        ["apiregistration.k8s.io"] = ["v1"],
        ["apps"] = ["v1"],
        ["autoscaling"] = ["v2"],
        ["batch"] = ["v1"],
        ["cert-manager.io"] = ["v1"],
        ["elasticsearch.k8s.elastic.co"] = ["v1"],
        // v1beta1 is defined no more.
        ["external-secrets.io"] = ["v1"],
        ["gateway.envoyproxy.io"] = ["v1alpha1"],
        ["gateway.networking.k8s.io"] = ["v1"],
        ["keda.sh"] = ["v1alpha1"],
        ["kibana.k8s.elastic.co"] = ["v1"],
        ["monitoring.coreos.com"] = ["v1"],
        ["networking.k8s.io"] = ["v1"],
        ["policy"] = ["v1"],
        ["rbac.authorization.k8s.io"] = ["v1"],
        ["scheduling.k8s.io"] = ["v1"],
        ["storage.k8s.io"] = ["v1"],
        ["velero.io"] = ["v1"],
    };

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from manifest in set.Manifests
        let version = manifest.Root.TextAt("apiVersion")
        let parts = version.Split('/')
        let served = Served.GetValueOrDefault(parts.Length > 1 ? parts[0] : string.Empty) ?? []
        where !served.Contains(parts[^1])
        select new ManifestFault(
            manifest,
            $"is of {version}, which is not known to be served",
            served.Length > 0
                ? $"use {string.Join(" or ", served)}"
                : "use a group that Kubernetes 1.34 or one of the charts defines; if one does, have it in VersionsAreServed"
        );
}
