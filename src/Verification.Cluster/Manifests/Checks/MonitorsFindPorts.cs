using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What Prometheus is to scrape is there: a monitor selects Services, or pods, that have the port which it names.</summary>
internal sealed class MonitorsFindPorts : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "monitor-target";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) => OfServices(set).Concat(OfPods(set));

    private static IEnumerable<ManifestFault> OfServices(ManifestSet set) =>
        from monitor in set.OfKind("ServiceMonitor")
        from endpoint in monitor.Root.ListAt("spec", "endpoints")
        where !SpacesOf(monitor, set).Any(space => IsServed(monitor, endpoint, space, set))
        select Missing(monitor, endpoint, "Service");

    private static IEnumerable<ManifestFault> OfPods(ManifestSet set) =>
        from monitor in set.OfKind("PodMonitor")
        from endpoint in monitor.Root.ListAt("spec", "podMetricsEndpoints")
        let spaces = SpacesOf(monitor, set).ToHashSet(StringComparer.Ordinal)
        where
            !set.Pods.Any(pod =>
                spaces.Contains(set.NamespaceOf(pod.Owner)) && SelectorOf(monitor).Selects(pod.Labels) && Opens(pod, PortOf(endpoint))
            )
        select Missing(monitor, endpoint, "pod");

    private static ManifestFault Missing(Manifest monitor, JsonNode endpoint, string of) =>
        new(
            monitor,
            $"goes by the port '{PortOf(endpoint)}', which no {of} that it selects has",
            $"let its selector be among the labels of a {of} of namespaceSelector, and name one of its ports"
        );

    private static IEnumerable<string> SpacesOf(Manifest monitor, ManifestSet set) =>
        monitor.Root.TextAt("spec", "namespaceSelector", "any") == "true"
            ? set.Manifests.Select(set.NamespaceOf).Distinct(StringComparer.Ordinal)
        : monitor.Root.ListAt("spec", "namespaceSelector", "matchNames") is { Count: > 0 } named ? named.Select(space => space.ToString())
        : [set.NamespaceOf(monitor)];

    private static bool IsServed(Manifest monitor, JsonNode endpoint, string space, ManifestSet set) =>
        set.OfKind("Service")
            .Where(service =>
                set.NamespaceOf(service) == space && SelectorOf(monitor).Selects(service.Root.TextsAt("metadata", "labels"))
            )
            .Any(service =>
                // A port of its pods, whatever the Service calls it.
                endpoint.TextAt("targetPort") is { Length: > 0 } target
                    ? set.Pods.Any(pod => pod.Labels.Holds(service.Root.TextsAt("spec", "selector")) && Opens(pod, target))
                    : service.Root.ListAt("spec", "ports").Any(port => port.TextAt("name") == endpoint.TextAt("port"))
            )
        || OperatedPods
            .ServicesIn(set, space)
            .Any(service => SelectorOf(monitor).Selects(service.Labels) && service.Port == endpoint.TextAt("port"));

    private static bool Opens(PodTemplate pod, string port) =>
        pod.Containers.SelectMany(container => container.ListAt("ports"))
            .Any(each => each.TextAt("name") == port || each.TextAt("containerPort") == port);

    private static string PortOf(JsonNode endpoint) =>
        endpoint.TextAt("port") is { Length: > 0 } port ? port : endpoint.TextAt("targetPort");

    private static JsonNode? SelectorOf(Manifest monitor) => monitor.Root.At("spec", "selector");
}
