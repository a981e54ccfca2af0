namespace Verification.Cluster.Manifests.Checks;

/// <summary>A Service selects pods that have the port it leads to.</summary>
internal sealed class ServicesLeadToPods : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "service-target";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Service")
            .Where(service => service.Root.At("spec", "selector") is not null)
            .SelectMany(service => FaultsOf(service, set));

    private static IEnumerable<ManifestFault> FaultsOf(Manifest service, ManifestSet set)
    {
        var pods = set.Pods.Where(pod => pod.Labels.Holds(service.Root.TextsAt("spec", "selector"))).ToList();
        if (pods.Count == 0)
            yield return new ManifestFault(service, "selects no pods", "let its selector be among the labels of a template");
        var open = pods.SelectMany(pod => pod.Containers)
            .SelectMany(container => container.ListAt("ports"))
            .SelectMany(port => new[] { port.TextAt("name"), port.TextAt("containerPort") })
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            var port in service.Root.ListAt("spec", "ports").Where(port => pods.Count > 0 && !open.Contains(port.TextAt("targetPort")))
        )
            yield return new ManifestFault(
                service,
                $"leads port {port.TextAt("port")} to '{port.TextAt("targetPort")}', which no container has",
                "name a port of the container"
            );
    }
}
