namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is no throwaway cluster pulls from the registries that <c>environments/known.yaml</c> names, and from no other: not from
/// the one that a runtime takes for a name without one, where anybody may have that name.</summary>
internal sealed class RegistryIsOurs : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "registry";

    /// <inheritdoc />
    public override bool HoldsIn(string environment) => environment != "local";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from pod in set.Pods
        from container in pod.Containers
        let image = container.TextAt("image")
        where image.Split('/') is not [var registry, _, ..] || !set.Known.Registries.Contains(registry)
        select new ManifestFault(
            pod.Owner,
            $"container {container.TextAt("name")} runs {image}, of none of the registries that are known",
            "name the registry that was published to, or have this one among registries of environments/known.yaml"
        );
}
