using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Who is let in is named by labels, and by the ports that it needs.</summary>
internal sealed class WaysInAreNamed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "named-inside";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from policy in set.OfKind("NetworkPolicy")
        from way in policy.Root.ListAt("spec", "ingress")
        where
            way.ListAt("ports").Count == 0
            || way.ListAt("from").Count == 0
            || way.ListAt("from")
                .Any(source =>
                    source.At("podSelector") is not JsonObject { Count: > 0 } selector
                    || (selector.TextsAt("matchLabels").Count == 0 && selector.ListAt("matchExpressions").Count == 0)
                )
        select new ManifestFault(
            policy,
            "admits pods that it does not name, or to every port",
            "name the pods in podSelector, by labels, and the ports that they need"
        );
}
