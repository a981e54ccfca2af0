namespace Verification.Cluster.Manifests.Checks;

/// <summary>A gateway speaks TLS 1.2 or later, and takes away what a client says of who it is.</summary>
internal sealed class GatewaysAreHardened : ManifestCheck
{
    private static readonly string[] Versions = ["1.2", "1.3"];

    /// <inheritdoc />
    public override string Name => "hardened-gateway";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Gateway")
            .Where(gateway =>
                gateway.Root.ListAt("spec", "listeners").Any(listener => listener.TextAt("protocol") != "HTTPS")
                || !set.OfKind("ClientTrafficPolicy")
                    .Any(policy =>
                        IsOf(policy, gateway)
                        && Versions.Contains(policy.Root.TextAt("spec", "tls", "minVersion"))
                        && policy.Root.ListAt("spec", "headers", "earlyRequestHeaders", "remove").Count > 0
                    )
            )
            .Select(gateway => new ManifestFault(
                gateway,
                "speaks plain HTTP or an old TLS, or believes what clients say of themselves",
                "have HTTPS listeners alone, and a ClientTrafficPolicy with tls.minVersion 1.2 and headers.earlyRequestHeaders.remove"
            ));

    private static bool IsOf(Manifest policy, Manifest gateway) =>
        policy
            .Root.ListAt("spec", "targetRefs")
            .Any(target => target.TextAt("kind") == gateway.Kind && target.TextAt("name") == gateway.Name);
}
