namespace Verification.Cluster.Manifests.Checks;

/// <summary>In each namespace that is made here nothing is reached unless a policy says so.</summary>
internal sealed class NothingIsOpenWithin : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "default-deny";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        DefaultPolicies
            .OpenSpaces(set, DefaultPolicies.In)
            .Select(space => new ManifestFault(
                space,
                "has pods that every pod of the cluster reaches",
                "give it a NetworkPolicy that selects all pods, with Ingress among its policyTypes and no way in"
            ));
}
