using Verification.Stack.Components;
using Verification.Stack.Components.HaProxy;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.Netfilter;
using Verification.Stack.Components.RestStore;
using Verification.Stack.Components.Toxiproxy;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Topologies;

/// <summary>The topologies that there are.</summary>
public static class KnownTopologies
{
    /// <summary>One of each, Redis as a cluster of six.</summary>
    public static Topology OneOfEach { get; } =
        new(
            "single",
            [
                new TopologyPart("mysql", InstanceRole.Mysql),
                new TopologyPart("activemq", InstanceRole.Broker),
                new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
                new TopologyPart("dashboard", InstanceRole.Dashboard) { Needs = ["activemq"] },
                new TopologyPart("server", InstanceRole.Server) { Needs = ["activemq", "mysql", "redis-node"] },
            ]
        );

    /// <summary>Production's pair of brokers on one volume behind a proxy; one of each else, Redis as a cluster of six.</summary>
    public static Topology Pair { get; } =
        new(
            "pair",
            [
                new TopologyPart("mysql", InstanceRole.Mysql),
                new TopologyPart("activemq", InstanceRole.Broker) { Count = 2, OneVolume = true },
                new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
                new TopologyPart("haproxy", HaProxyComponent.Proxy) { Needs = ["activemq"], Fronts = [InstanceRole.Broker] },
                new TopologyPart("dashboard", InstanceRole.Dashboard) { Needs = ["haproxy"] },
                new TopologyPart("server", InstanceRole.Server) { Needs = ["haproxy", "mysql", "redis-node"] },
            ]
        );

    /// <summary>The same with a second server of MySQL: a source and its replica, and the proxy before them, too. There is one of each
    /// service.</summary>
    public static Topology Pairs { get; } =
        new(
            "pairs",
            [
                new TopologyPart("mysql", InstanceRole.Mysql) { Count = 2 },
                new TopologyPart("activemq", InstanceRole.Broker) { Count = 2, OneVolume = true },
                new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
                new TopologyPart("haproxy", HaProxyComponent.Proxy)
                {
                    Needs = ["activemq", "mysql"],
                    Fronts = [InstanceRole.Broker, InstanceRole.Mysql],
                },
                new TopologyPart("dashboard", InstanceRole.Dashboard) { Needs = ["haproxy"] },
                new TopologyPart("server", InstanceRole.Server) { Needs = ["haproxy", "redis-node"] },
            ]
        );

    /// <summary>Production's: the same with two Dashboards and two Servers, and the proxy before them, too.</summary>
    public static Topology HighlyAvailable { get; } =
        new(
            "ha",
            [
                new TopologyPart("mysql", InstanceRole.Mysql) { Count = 2 },
                new TopologyPart("activemq", InstanceRole.Broker) { Count = 2, OneVolume = true },
                new TopologyPart("redis-node", InstanceRole.Redis) { Count = 6 },
                new TopologyPart("haproxy", HaProxyComponent.Proxy)
                {
                    Needs = ["activemq", "mysql"],
                    Fronts = [InstanceRole.Broker, InstanceRole.Mysql, InstanceRole.Dashboard, InstanceRole.Server],
                },
                new TopologyPart("dashboard", InstanceRole.Dashboard) { Count = 2, Needs = ["haproxy"] },
                new TopologyPart("server", InstanceRole.Server) { Count = 2, Needs = ["haproxy", "redis-node"] },
            ]
        );

    /// <summary>What watches any of them. Prometheus comes last: what is still starting is no fault.</summary>
    public static TopologyAddition Monitoring { get; } =
        new(
            "monitoring",
            [
                new TopologyPart("pager", WatchingRole.Pager),
                new TopologyPart("mysqld-exporter", WatchingRole.MySqlExporter),
                new TopologyPart("redis-exporter", WatchingRole.RedisExporter),
                new TopologyPart("node-exporter", WatchingRole.NodeExporter),
                new TopologyPart("blackbox-exporter", WatchingRole.BlackboxExporter),
                new TopologyPart("pushgateway", WatchingRole.Pushgateway),
                new TopologyPart("alertmanager", WatchingRole.Alertmanager) { Needs = ["pager"] },
                new TopologyPart("prometheus", WatchingRole.Prometheus)
                {
                    Needs =
                    [
                        "mysql",
                        "activemq",
                        "redis-node",
                        "dashboard",
                        "server",
                        "mysqld-exporter",
                        "redis-exporter",
                        "node-exporter",
                        "blackbox-exporter",
                        "pushgateway",
                        "alertmanager",
                    ],
                    Behind = ["fluentd"],
                },
            ]
        );

    /// <summary>A topology with something added.</summary>
    public static Topology With(Topology topology, TopologyAddition addition) => Catalog.Parse($"{topology.Name}+{addition.Name}");

    /// <summary>The archiver of binary logs, and the S3 target of backups.</summary>
    public static TopologyAddition Backup { get; } =
        new(
            "backup",
            [
                new TopologyPart("object-store", new Role("object-store")),
                new TopologyPart("archiver", new Role("backup")) { Needs = ["mysql", "object-store"] },
            ]
        )
        {
            Substitute = "rest-backup",
        };

    /// <summary>The same where no S3 target can be had: it is restic's REST server.</summary>
    public static TopologyAddition RestBackup { get; } =
        new(
            "rest-backup",
            [
                new TopologyPart("rest-store", RestStoreAddress.Role),
                new TopologyPart("archiver", new Role("backup")) { Needs = ["mysql", "rest-store"] },
            ]
        );

    /// <summary>Where all logs of any of them are searched.</summary>
    public static TopologyAddition Logging { get; } =
        new(
            "logging",
            [
                new TopologyPart("node-logs", LoggingRole.NodeLogs),
                new TopologyPart("elasticsearch", LoggingRole.Elasticsearch),
                new TopologyPart("fluentd", LoggingRole.Fluentd) { Needs = ["node-logs", "elasticsearch"] },
            ]
        );

    /// <summary>The links of the services to MySQL and to the broker, which can be made slow or cut.</summary>
    public static TopologyAddition Links { get; } =
        new(
            "links",
            [
                new TopologyPart("mysql-link", ToxiproxyComponent.Link) { Carries = InstanceRole.Mysql },
                new TopologyPart("broker-link", ToxiproxyComponent.Link) { Carries = InstanceRole.Broker },
            ]
        )
        {
            IsDispensable = true,
        };

    /// <summary>The link to Redis, with a way of its own to each node. The nodes announce it, and know each other by it, so that nobody is
    /// led past it; who cuts nodes off from each other by their own addresses cuts nothing.</summary>
    public static TopologyAddition RedisLinks { get; } =
        new("redis-links", [new TopologyPart("redis-link", ToxiproxyComponent.Link) { Carries = InstanceRole.Redis, IsAnnounced = true }])
        {
            IsDispensable = true,
            Excludes = [NetfilterComponent.Helper.Name],
        };

    /// <summary>The addition that has the link to a role.</summary>
    /// <exception cref="InvalidOperationException">None has one.</exception>
    public static TopologyAddition LinksTo(Role role) => Groups.First(each => each.Parts.Any(part => part.Carries == role));

    private static IReadOnlyList<Topology> Topologies => [OneOfEach, Pair, Pairs, HighlyAvailable];

    private static IReadOnlyList<TopologyAddition> Groups => [Monitoring, Backup, RestBackup, Logging, Links, RedisLinks];

    /// <summary>All of them, and what can be added to each: a group of components, or one instance of one that is part of nothing else
    /// (<c>single+netfilter</c>).</summary>
    public static TopologyCatalog Catalog { get; } =
        new(
            Topologies,
            [
                .. Groups,
                .. ComponentList
                    .All.ExceptBy(
                        Topologies.SelectMany(each => each.Parts).Concat(Groups.SelectMany(each => each.Parts)).Select(part => part.Role),
                        component => component.Role
                    )
                    .Select(component => new TopologyAddition(component.Name, [new TopologyPart(component.Name, component.Role)])),
            ]
        );
}
