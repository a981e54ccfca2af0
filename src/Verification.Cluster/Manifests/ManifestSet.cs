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

    /// <summary>The namespace of each release, for objects that name none.</summary>
    public IReadOnlyDictionary<string, string> ReleaseNamespaces { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether nothing that is deployed there is left out, as charts of others are where nobody has them at hand.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What stands outside of them.</summary>
    public KnownNames Known { get; init; } = KnownNames.None;

    /// <summary>The pods that they bring forth.</summary>
    public IReadOnlyList<PodTemplate> Pods => [.. Manifests.Select(PodTemplate.Of).OfType<PodTemplate>()];

    /// <summary>What says how many pods there are, beside what says it of itself.</summary>
    public IReadOnlyList<Autoscaler> Autoscalers => [.. Manifests.Select(Autoscaler.Of).OfType<Autoscaler>()];

    /// <summary>What says whom a Prometheus asks.</summary>
    public IReadOnlyList<ScrapeMonitor> Monitors => [.. Manifests.Select(ScrapeMonitor.Of).OfType<ScrapeMonitor>()];

    /// <summary>How many pods there are at least; null of what is no set of pods, and of one on each node.</summary>
    public int? LeastOf(PodTemplate pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Owner.Kind is not ("Deployment" or "StatefulSet") ? null
            : Autoscalers.FirstOrDefault(autoscaler => autoscaler.Scales(pod.Owner)) is { } found ? found.Least
            : int.TryParse(pod.Owner.Root.TextAt("spec", "replicas"), out var replicas) ? replicas
            : 1;
    }

    /// <summary>The namespace of an object: what it says, else that of its release.</summary>
    public string NamespaceOf(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Namespace.Length > 0 ? manifest.Namespace : ReleaseNamespaces.GetValueOrDefault(manifest.Release, string.Empty);
    }

    /// <summary>The labels of the pods of a namespace, those that an operator makes of an object among them.</summary>
    /// <param name="space">The namespace.</param>
    internal IEnumerable<IReadOnlyDictionary<string, string>> LabelsIn(string space) =>
        Pods.Where(pod => NamespaceOf(pod.Owner) == space).Select(pod => pod.Labels).Concat(OperatedPods.LabelsIn(this, space));

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<Manifest> OfKind(string kind) => Manifests.Where(manifest => manifest.Kind == kind);
}
