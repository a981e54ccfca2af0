using Verification.Stack.Components.HaProxy;

namespace Verification.Stack.Topologies;

/// <summary>The topologies that there are.</summary>
public static class KnownTopologies
{
    /// <summary>One of each, Redis as a cluster of six.</summary>
    public static Topology OneOfEach { get; } = new(
        "single",
        [
            new TopologyPart("mysql", InstanceRole.Mysql),
            new TopologyPart("activemq", InstanceRole.Broker),
            new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
            new TopologyPart("dashboard", InstanceRole.Dashboard) { Needs = ["activemq"] },
            new TopologyPart("server", InstanceRole.Server) { Needs = ["activemq", "mysql", "redis-node"] },
        ]);

    /// <summary>Production's pair of brokers on one volume behind a proxy; one of each else, Redis as a cluster of six.</summary>
    public static Topology Pair { get; } = new(
        "pair",
        [
            new TopologyPart("mysql", InstanceRole.Mysql),
            new TopologyPart("activemq", InstanceRole.Broker) { Count = 2, OneVolume = true },
            new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
            new TopologyPart("haproxy", HaProxyComponent.Proxy) { Needs = ["activemq"], Fronts = [InstanceRole.Broker] },
            new TopologyPart("dashboard", InstanceRole.Dashboard) { Needs = ["haproxy"] },
            new TopologyPart("server", InstanceRole.Server) { Needs = ["haproxy", "mysql", "redis-node"] },
        ]);

    /// <summary>All of them, and what can be added to each.</summary>
    public static TopologyCatalog Catalog { get; } = new([OneOfEach, Pair], []);
}
