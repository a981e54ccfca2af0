namespace Verification.Cluster.Manifests.Checks;

/// <summary>Each secret that a pod or a gateway takes is fetched by an ExternalSecret, or is among those that the environment begins with:
/// nobody makes one by hand that no values name. Whether what an environment begins with is there is not seen in manifests: an encrypted
/// file brings it, or, where <c>bootstrap.enabled</c> is false, <c>environments/hooks/require-begun</c> asks the cluster.</summary>
internal sealed class SecretsHaveAnOrigin : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "secret-origin";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Pods.SelectMany(pod => TakenSecrets.Of(pod).Select(secret => (pod.Owner, secret)))
            .Concat(set.OfKind("Gateway").SelectMany(gateway => OfGateway(gateway).Select(secret => (Owner: gateway, secret))))
            .Distinct()
            .Where(each => !IsMade(set, each.Owner.Namespace, each.secret))
            .Select(each => new ManifestFault(
                each.Owner,
                $"takes the secret '{each.secret}', which is neither fetched nor begun with",
                "give it a place in secretStore.places, or name it in bootstrap.secrets of the environment"
            ));

    private static IEnumerable<string> OfGateway(Manifest gateway) =>
        gateway
            .Root.ListAt("spec", "listeners")
            .SelectMany(listener => listener.ListAt("tls", "certificateRefs"))
            .Select(reference => reference.TextAt("name"));

    private static bool IsMade(ManifestSet set, string space, string name) =>
        set.BegunSecrets.Contains(name)
        || set.OfKind("Secret").Any(secret => secret.Name == name)
        || set.OfKind("Certificate").Any(made => made.Namespace == space && made.Root.TextAt("spec", "secretName") == name)
        || set.OfKind("ExternalSecret").Any(fetched => fetched.Namespace == space && fetched.Root.TextAt("spec", "target", "name") == name);
}
