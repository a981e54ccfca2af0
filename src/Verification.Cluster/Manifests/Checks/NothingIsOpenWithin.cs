using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>In a namespace of services nothing is reached, and nothing reaches out, unless a policy says so.</summary>
internal sealed class NothingIsOpenWithin : ManifestCheck
{
    private static readonly string[] Both = ["Egress", "Ingress"];

    /// <inheritdoc />
    public override string Name => "default-deny";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set
            .Pods.Where(pod => pod.Serves && set.OfKind("HTTPRoute").Any(route => route.Namespace == pod.Owner.Namespace))
            .Where(pod => !set.OfKind("NetworkPolicy").Any(policy => policy.Namespace == pod.Owner.Namespace && DeniesAll(policy)))
            .Select(pod => new ManifestFault(
                pod.Owner,
                "is reached by every pod of the cluster, or reaches every one",
                "give its namespace a NetworkPolicy that selects all pods, with both policyTypes and no way"
            ));

    private static bool DeniesAll(Manifest policy) =>
        policy.Root.At("spec", "podSelector") is JsonObject { Count: 0 }
        && policy.Root.ListAt("spec", "policyTypes").Select(type => type.ToString()).Order(StringComparer.Ordinal).SequenceEqual(Both)
        && policy.Root.ListAt("spec", "ingress").Count == 0
        && policy.Root.ListAt("spec", "egress").Count == 0;
}
