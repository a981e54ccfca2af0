namespace Verification.Cluster.Manifests.Checks;

/// <summary>A policy is of pods that are there: one that is of none holds nobody to anything.</summary>
internal sealed class PoliciesSelectPods : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "policy-target";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from policy in set.OfKind("NetworkPolicy")
        // Whom it is of may be what is left out.
        where set.IsWhole
        let selector = policy.Root.At("spec", "podSelector")
        where !set.LabelsIn(set.NamespaceOf(policy)).Any(labels => selector.Selects(labels))
        select new ManifestFault(
            policy,
            "selects no pod of its namespace",
            "let its podSelector be among the labels of a template, or take it away"
        );
}
