namespace Verification.Cluster.Manifests;

/// <summary>All that is deployed in an environment.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Manifests">The objects.</param>
public sealed record ManifestSet(string Environment, IReadOnlyList<Manifest> Manifests)
{
    /// <summary>Secrets that are there before, by name, with their keys.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExistingSecrets { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Secrets that the environment begins with: an encrypted file holds them.</summary>
    public IReadOnlySet<string> BegunSecrets { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What the services keep, where that is said beside the values of the environment (<c>services.contract</c>); empty
    /// otherwise.</summary>
    public string Contract { get; init; } = string.Empty;

    /// <summary>The pods that they bring forth.</summary>
    public IReadOnlyList<PodTemplate> Pods => [.. Manifests.Select(PodTemplate.Of).OfType<PodTemplate>()];

    /// <summary>What says how many pods there are, beside what says it of itself.</summary>
    public IReadOnlyList<Autoscaler> Autoscalers => [.. Manifests.Select(Autoscaler.Of).OfType<Autoscaler>()];

    /// <summary>How many pods there are at least; null of what is no set of pods, and of one on each node.</summary>
    public int? LeastOf(PodTemplate pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Owner.Kind is not ("Deployment" or "StatefulSet") ? null
            : Autoscalers.FirstOrDefault(autoscaler => autoscaler.Scales(pod.Owner)) is { } found ? found.Least
            : int.TryParse(pod.Owner.Root.TextAt("spec", "replicas"), out var replicas) ? replicas
            : 1;
    }

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<Manifest> OfKind(string kind) => Manifests.Where(manifest => manifest.Kind == kind);
}
