namespace Verification.Cluster.Manifests;

/// <summary>The pods and Services that an operator makes of an object: no chart renders them.</summary>
internal static class OperatedPods
{
    /// <summary>By the kind of the object: the label of its pods, and that of their Service, where what watches goes by one.</summary>
    private static readonly Dictionary<string, (string Key, string Value, string Service)> Known = new(StringComparer.Ordinal)
    {
        ["Prometheus"] = ("app.kubernetes.io/name", "prometheus", "operated-prometheus"),
        ["Alertmanager"] = ("app.kubernetes.io/name", "alertmanager", "operated-alertmanager"),
        ["Elasticsearch"] = ("common.k8s.elastic.co/type", "elasticsearch", string.Empty),
        ["Kibana"] = ("common.k8s.elastic.co/type", "kibana", string.Empty),
    };

    /// <summary>The name of the port of such a Service, where its object names no other.</summary>
    private const string Port = "web";

    /// <summary>The labels of those of a namespace.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> LabelsIn(ManifestSet set, string space) =>
        set
            .Manifests.Where(manifest => Known.ContainsKey(manifest.Kind) && set.NamespaceOf(manifest) == space)
            .Select(manifest => Known[manifest.Kind])
            .Select(made => Labels(made.Key, made.Value));

    /// <summary>The Services of a namespace: labels of each, and the name of its port.</summary>
    public static IEnumerable<(IReadOnlyDictionary<string, string> Labels, string Port)> ServicesIn(ManifestSet set, string space) =>
        from manifest in set.Manifests
        where set.NamespaceOf(manifest) == space && Known.ContainsKey(manifest.Kind)
        let made = Known[manifest.Kind]
        where made.Service.Length > 0
        let port = manifest.Root.TextAt("spec", "portName")
        select (Labels(made.Service, "true"), port.Length > 0 ? port : Port);

    private static IReadOnlyDictionary<string, string> Labels(string key, string value) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value };
}
