namespace Verification.Cluster.Manifests.Checks;

/// <summary>No password stands in a ConfigMap.</summary>
internal sealed class NoSecretsInConfigMaps : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "no-secret-configmap";

    private static readonly string[] Passwords = ["requirepass", "masterauth", "password"];

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("ConfigMap")
            .SelectMany(map => map.Root.TextsAt("data"), (map, entry) => (map, entry))
            .Where(each => each.entry.Value.Split('\n').Any(IsPassword))
            .Select(each => new ManifestFault(
                each.map,
                $"has a password in {each.entry.Key}",
                "put it into a secret that the configuration includes"
            ));

    /// <summary>One that is taken from the environment, in Fluentd's way, stands elsewhere.</summary>
    private static bool IsPassword(string line) =>
        Passwords.Any(word => line.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase))
        && !line.Contains("#{ENV[", StringComparison.Ordinal);
}
