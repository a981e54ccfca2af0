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

    /// <summary>All of them, and what can be added to each.</summary>
    public static TopologyCatalog Catalog { get; } = new([OneOfEach], []);
}
