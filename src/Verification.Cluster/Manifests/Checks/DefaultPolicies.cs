using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What holds for the pods of a namespace where no other policy says more.</summary>
internal static class DefaultPolicies
{
    /// <summary>A direction: into pods, or out of them.</summary>
    public const string In = "Ingress";

    /// <inheritdoc cref="In"/>
    public const string Out = "Egress";

    /// <summary>The namespaces that are made here, and in which pods have every way in one direction.</summary>
    public static IEnumerable<Manifest> OpenSpaces(ManifestSet set, string direction) =>
        set.OfKind("Namespace").Where(space => !IsClosed(set, space, direction));

    /// <summary>Whether pods of a namespace have no way in one direction but by further policies.</summary>
    public static bool IsClosed(ManifestSet set, Manifest space, string direction) =>
        Of(set, space).Any(policy => DeniesAll(policy, direction));

    /// <summary>The policies of a namespace.</summary>
    public static IEnumerable<Manifest> Of(ManifestSet set, Manifest space) =>
        set.OfKind("NetworkPolicy").Where(policy => set.NamespaceOf(policy) == space.Name);

    private static bool DeniesAll(Manifest policy, string direction) =>
        policy.Root.At("spec", "podSelector") is JsonObject { Count: 0 }
        && policy.Root.ListAt("spec", "policyTypes").Any(type => type.ToString() == direction)
        && policy.Root.ListAt("spec", direction == In ? "ingress" : "egress").Count == 0;
}
