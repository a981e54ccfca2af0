namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each secret that a pod names is deployed with it, or declared to be there, with that key.</summary>
internal sealed class SecretsAreThere : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "secret-reference";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Pods.SelectMany(pod => pod.Containers, (pod, container) => (pod, container))
            .SelectMany(
                each =>
                    each.container.ListAt("env")
                        .Select(variable => variable.At("valueFrom", "secretKeyRef"))
                        .Where(reference => reference is not null),
                (each, reference) => (each.pod, Name: reference.TextAt("name"), Key: reference.TextAt("key"))
            )
            .Where(each => !KeysOf(set, each.Name).Contains(each.Key))
            .Select(each => new ManifestFault(
                each.pod.Owner,
                $"takes '{each.Key}' of the secret '{each.Name}', which nothing makes",
                "correct the name, or declare the secret in existingSecrets of the environment"
            ));

    private static IEnumerable<string> KeysOf(ManifestSet set, string name) =>
        set.OfKind("Secret")
            .Where(secret => secret.Name == name)
            .SelectMany(secret => secret.Root.TextsAt("data").Keys.Concat(secret.Root.TextsAt("stringData").Keys))
            .Concat(set.ExistingSecrets.TryGetValue(name, out var keys) ? keys : []);
}
