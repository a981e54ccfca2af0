namespace Verification.Cluster.Manifests.Checks;

/// <summary>A way out of the cluster leads to networks and ports that are named, and not to everywhere.</summary>
internal sealed class OutsideIsNamed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "named-outside";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from policy in set.OfKind("NetworkPolicy")
        from way in policy.Root.ListAt("spec", "egress")
        let networks = way.ListAt("to").Select(to => to.TextAt("ipBlock", "cidr")).Where(cidr => cidr.Length > 0).ToList()
        let isOpen = way.ListAt("to").Count == 0 || networks.Exists(cidr => cidr.EndsWith("/0", StringComparison.Ordinal))
        where isOpen || (networks.Count > 0 && way.ListAt("ports").Count == 0)
        select new ManifestFault(
            policy,
            $"leads {(isOpen ? "everywhere" : $"to every port of {string.Join(", ", networks)}")}",
            "name the networks, and the ports of what is reached there"
        );
}
