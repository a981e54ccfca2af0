namespace Verification.Cluster.Manifests.Checks;

/// <summary>From each namespace that is made here nothing is reached unless a policy says so.</summary>
internal sealed class NothingLeadsOut : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "default-deny-out";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        DefaultPolicies
            .OpenSpaces(set, DefaultPolicies.Out)
            .Select(space => new ManifestFault(
                space,
                "has pods that reach everything",
                "give it a NetworkPolicy that selects all pods, with Egress among its policyTypes and no way out"
            ));
}
