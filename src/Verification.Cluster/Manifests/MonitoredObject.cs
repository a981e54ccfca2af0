namespace Verification.Cluster.Manifests;

/// <summary>What a monitor may select.</summary>
/// <param name="Name">What its job is called where no label says so.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Ports">Its ports, by name and by number.</param>
public sealed record MonitoredObject(string Name, string Namespace, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Ports)
{
    /// <summary>A Service.</summary>
    internal static MonitoredObject OfService(Manifest service) =>
        new(
            service.Name,
            service.Namespace,
            service.Root.TextsAt("metadata", "labels"),
            [.. service.Root.ListAt("spec", "ports").SelectMany(port => new[] { port.TextAt("name"), port.TextAt("targetPort") })]
        );

    /// <summary>The pods of a template.</summary>
    /// <param name="pods">The template.</param>
    /// <param name="name">What their job is called where no label says so.</param>
    internal static MonitoredObject OfPods(PodTemplate pods, string name) =>
        new(
            name,
            pods.Owner.Namespace,
            pods.Labels,
            [
                .. pods
                    .Containers.SelectMany(container => container.ListAt("ports"))
                    .SelectMany(port => new[] { port.TextAt("name"), port.TextAt("containerPort") }),
            ]
        );
}
