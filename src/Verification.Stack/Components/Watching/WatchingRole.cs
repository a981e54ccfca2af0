namespace Verification.Stack.Components.Watching;

/// <summary>The roles of what watches a platform: the topology addition <c>monitoring</c>.</summary>
public static class WatchingRole
{
    /// <summary>Scrapes, evaluates the rules.</summary>
    public static Role Prometheus { get; } = new("prometheus");

    /// <summary>Groups, holds back and delivers alerts.</summary>
    public static Role Alertmanager { get; } = new("alertmanager");

    /// <summary>Tells MySQL's status as metrics.</summary>
    public static Role MySqlExporter { get; } = new("mysqld-exporter");

    /// <summary>Tells the status of Redis's nodes as metrics.</summary>
    public static Role RedisExporter { get; } = new("redis-exporter");

    /// <summary>Tells of the machine: processors, memory, disks.</summary>
    public static Role NodeExporter { get; } = new("node-exporter");

    /// <summary>Asks the services as their users do.</summary>
    public static Role BlackboxExporter { get; } = new("blackbox-exporter");

    /// <summary>Keeps what runs of the suite have told of themselves.</summary>
    public static Role Pushgateway { get; } = new("pushgateway");

    /// <summary>Takes what is delivered: stands for whoever is paged.</summary>
    public static Role Pager { get; } = new("pager");
}
