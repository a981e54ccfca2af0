namespace Verification.Cluster.Manifests;

/// <summary>The pods that an operator makes of an object: no chart renders them.</summary>
internal static class OperatedPods
{
    /// <summary>The label of its pods, by the kind of the object.</summary>
    private static readonly Dictionary<string, (string Key, string Value)> Known = new(StringComparer.Ordinal)
    {
        ["Prometheus"] = ("app.kubernetes.io/name", "prometheus"),
        ["Alertmanager"] = ("app.kubernetes.io/name", "alertmanager"),
        ["Elasticsearch"] = ("common.k8s.elastic.co/type", "elasticsearch"),
        ["Kibana"] = ("common.k8s.elastic.co/type", "kibana"),
    };

    /// <summary>The labels of those of a namespace.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> LabelsIn(ManifestSet set, string space) =>
        from manifest in set.Manifests
        where Known.ContainsKey(manifest.Kind) && set.NamespaceOf(manifest) == space
        let made = Known[manifest.Kind]
        select new Dictionary<string, string>(StringComparer.Ordinal) { [made.Key] = made.Value };
}
