namespace Verification.Cluster.Manifests;

/// <summary>All that is deployed in an environment.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Manifests">The objects.</param>
public sealed record ManifestSet(string Environment, IReadOnlyList<Manifest> Manifests)
{
    /// <summary>Secrets that are there before, by name, with their keys.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ExistingSecrets { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The pods that they bring forth.</summary>
    public IReadOnlyList<PodTemplate> Pods => [.. Manifests.Select(PodTemplate.Of).OfType<PodTemplate>()];

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<Manifest> OfKind(string kind) => Manifests.Where(manifest => manifest.Kind == kind);
}
