namespace Verification.Cluster.Manifests.Checks;

/// <summary>No secret stands in a manifest: whoever can read the release could read it.</summary>
internal sealed class NoSecretsInManifests : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "no-secret";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Secret")
            .Where(secret => secret.Root.TextsAt("data").Count + secret.Root.TextsAt("stringData").Count > 0)
            .Select(secret => new ManifestFault(
                secret,
                "has its values in the manifest",
                "have it made in the cluster, by an ExternalSecret"
            ));
}
