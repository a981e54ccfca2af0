using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Where nothing leads out, each pod still asks the cluster's DNS: without it no name that a way leads to is found.</summary>
internal sealed class NamesAreAsked : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "dns-way";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Namespace")
            .Where(space => DefaultPolicies.IsClosed(set, space, DefaultPolicies.Out) && !AllAsk(set, space))
            .Select(space => new ManifestFault(
                space,
                "has pods that reach nobody who tells addresses to names",
                "give them a NetworkPolicy whose egress leads to the pods of the cluster's DNS, by UDP and TCP, port 53"
            ));

    private static bool AllAsk(ManifestSet set, Manifest space)
    {
        var ways = DefaultPolicies
            .Of(set, space)
            .Where(policy => policy.Root.ListAt("spec", "egress").Any(IsToDns))
            .Select(policy => policy.Root.At("spec", "podSelector"))
            .ToList();
        return ways.Count > 0 && set.LabelsIn(space.Name).All(labels => ways.Exists(selector => selector.Selects(labels)));
    }

    private static bool IsToDns(JsonNode way) =>
        Opens(way, "UDP")
        && Opens(way, "TCP")
        && way.ListAt("to").Any(to => to.At("namespaceSelector") is not null && to.TextsAt("podSelector", "matchLabels").Count > 0);

    private static bool Opens(JsonNode way, string protocol) =>
        way.ListAt("ports").Any(port => port.TextAt("port") == "53" && port.TextAt("protocol") == protocol);
}
