using Verification.Stack.Components.Alertmanager;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Backup;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.Classic;
using Verification.Stack.Components.Dashboard;
using Verification.Stack.Components.Elasticsearch;
using Verification.Stack.Components.Exporters;
using Verification.Stack.Components.Fluentd;
using Verification.Stack.Components.HaProxy;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Netfilter;
using Verification.Stack.Components.NodeLogs;
using Verification.Stack.Components.ObjectStore;
using Verification.Stack.Components.Pager;
using Verification.Stack.Components.Prometheus;
using Verification.Stack.Components.Pushgateway;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.RestStore;
using Verification.Stack.Components.Server;
using Verification.Stack.Components.Services;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Stack.Components;

/// <summary>The one list of components. Whatever starts, adds, configures, mutates or describes them goes through it.</summary>
public static class ComponentList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Component> All { get; } =
    [
        new MySqlComponent(),
        new RedisComponent(),
        new ArtemisComponent(),
        new ClassicComponent(),
        new HaProxyComponent(),
        new DashboardComponent(),
        new ServerComponent(),
        new PrometheusComponent(),
        new AlertmanagerComponent(),
        new MySqlExporterComponent(),
        new RedisExporterComponent(),
        new NodeExporterComponent(),
        new BlackboxExporterComponent(),
        new PushgatewayComponent(),
        new PagerComponent(),
        new ElasticsearchComponent(),
        new FluentdComponent(),
        new NodeLogsComponent(),
        new ObjectStoreComponent(),
        new RestStoreComponent(),
        new BackupComponent(),
        new NetfilterComponent(),
        new ToxiproxyComponent(),
    ];

    /// <summary>The roles there are.</summary>
    public static IReadOnlyList<Role> Roles { get; } = [.. All.Select(component => component.Role).Distinct()];

    /// <summary>Those whose behaviour stands in <c>config/</c>.</summary>
    public static IReadOnlyList<ConfiguredComponent> Configured { get; } = [.. All.OfType<ConfiguredComponent>()];

    /// <summary>Those that production deploys from the images that were verified: services, data stores, broker, proxy, backup, what reads
    /// the logs, and what asks the stores how they are, with a password of theirs. The others watch, or stand for something else.</summary>
    public static IReadOnlyList<Component> Deployed { get; } =
    [
        .. All.Where(component =>
            component
                is ServiceComponent
                    or ConfiguredComponent
                    or BackupComponent
                    or FluentdComponent
                    or MySqlExporterComponent
                    or RedisExporterComponent
        ),
    ];

    /// <summary>The component that plays a role in a platform with this kind of broker.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    public static Component Of(Role role, BrokerKind broker) =>
        All.SingleOrDefault(component => component.Role == role && component.BelongsWith(broker))
        ?? throw new ArgumentException($"There is no component of the role '{role}'; there are {string.Join(", ", Roles)}.", nameof(role));

    /// <summary>The broker of a kind.</summary>
    internal static BrokerComponent Broker(BrokerKind kind) => (BrokerComponent)Of(InstanceRole.Broker, kind);
}
