using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using MySqlConnector;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Services;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack.Components.HaProxy;

/// <summary>HAProxy before a pair of brokers, and before a pair of MySQL servers and two of each service where there are, with the
/// configuration of <c>config/haproxy/</c>: it leads their clients to the one that is active, to the one that takes writes, and to those
/// that live.</summary>
internal sealed class HaProxyComponent : ConfiguredComponent
{
    /// <summary>Its role, which the contract of the system under test doesn't know.</summary>
    public static readonly Role Proxy = new("haproxy");

    private const string ConfigurationFolder = "/usr/local/etc/haproxy";
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);
    private static readonly ConfigFile File = new("haproxy.cfg", ConfigFormat.Whole);
    private static readonly ConfigFile BrokerFile = new("broker.cfg", ConfigFormat.Whole);
    private static readonly ConfigFile MySqlFile = new("mysql.cfg", ConfigFormat.Whole);
    private static readonly ConfigFile HttpFile = new("http.cfg", ConfigFormat.Whole);

    /// <summary>What says how it leads to those of a role.</summary>
    private static readonly IReadOnlyList<(InstanceRole Role, ConfigFile File)> Ways =
    [
        (InstanceRole.Broker, BrokerFile),
        (InstanceRole.Mysql, MySqlFile),
        (InstanceRole.Dashboard, HttpFile),
    ];

    /// <inheritdoc />
    public override string Name => Proxy.Name;

    /// <inheritdoc />
    public override Role Role => Proxy;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports =>
        [BrokerPorts.Stomp, BrokerPorts.StompTls, HaProxyMetrics.Port, MySqlComponent.Port, ServiceComponent.Port];

    /// <inheritdoc />
    public override IReadOnlyList<ConfigFile> Configuration => [File, BrokerFile, MySqlFile, HttpFile];

    /// <inheritdoc />
    public override async Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken) =>
        (await HaProxyMetrics.ReadAsync(stack.Endpoint(Role, HaProxyMetrics.Port), cancellationToken).ConfigureAwait(false)).Version;

    /// <summary>It tells nothing of its settings but some figures: held against <c>config/</c> is the file that it was started
    /// with.</summary>
    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(
        AttachedStack stack,
        string config,
        CancellationToken cancellationToken
    )
    {
        var proxy = stack.Instance(Role);
        var comparisons = new List<SettingsComparison>();
        foreach (var file in FilesOf(StandsBefore))
        {
            var read = await stack.Control.ExecAsync(proxy, ["cat", InsideOf(file)], cancellationToken).ConfigureAwait(false);
            comparisons.Add(
                HaProxySettings.Compare(
                    await System.IO.File.ReadAllTextAsync(PathOf(file, config), cancellationToken).ConfigureAwait(false),
                    read.Output
                )
            );
        }

        return SettingsComparison.Of(comparisons);

        bool StandsBefore(InstanceRole role) => proxy.Fronts?.Contains(role) == true;
    }

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var brokers = around.HostsOf(InstanceRole.Broker);
        if (brokers.Count != 2)
            throw new InvalidOperationException(
                $"{Name} stands before a pair of brokers; the stack has {brokers.Count} ({string.Join(", ", brokers)})."
            );
        var servers = around.HostsOf(InstanceRole.Mysql);
        if (servers.Count is not (0 or 2))
            throw new InvalidOperationException(
                $"{Name} stands before a pair of MySQL servers or before none; the stack has {servers.Count} ({string.Join(", ", servers)})."
            );
        // They come up behind it: it is told their names, and waits for none of them.
        var (dashboards, listers) = (around.InstancesOf(InstanceRole.Dashboard), around.InstancesOf(InstanceRole.Server));
        var hasServices = dashboards.Count == 2 && listers.Count == 2;
        var credentials = new BrokerCredentials(around.Secrets);
        var options = BrokerComponent.Options(InstancePlace.Loopback, place.Ports[BrokerPorts.Stomp], around.Secrets) with
        {
            ConnectTimeout = ReadyTimeout,
        };
        var ready = new UntilAnswers(
            "leads clients to an active broker, and to a MySQL server that takes writes where there is a pair",
            async _ =>
            {
                var connection = await StompClient.ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
                if (servers.Count == 0)
                    return;
                var client = new MySqlConnection(
                    MySqlComponent.Options(InstancePlace.Loopback, place.Ports[MySqlComponent.Port], around.Secrets).ConnectionString
                );
                await using var disposal = client.ConfigureAwait(false);
                await client.OpenAsync().ConfigureAwait(false);
            }
        );
        var files = FilesOf(role => role == InstanceRole.Broker || (role == InstanceRole.Mysql ? servers.Count > 0 : hasServices));
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment("BROKER_0", brokers[0])
            .WithEnvironment("BROKER_1", brokers[1])
            .WithEnvironment("BROKER_USER", credentials.User)
            .WithEnvironment("BROKER_PASSWORD", credentials.Password)
            .WithCommand(["haproxy", .. files.SelectMany(file => new[] { "-f", InsideOf(file) })])
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        builder = files.Aggregate(
            builder,
            (next, file) => next.WithResourceMapping(System.IO.File.ReadAllBytes(PathOf(file, around.Root.Config)), InsideOf(file))
        );
        if (servers is [var first, var second])
            builder = builder.WithEnvironment("MYSQL_0", first).WithEnvironment("MYSQL_1", second);
        if (hasServices)
            builder = builder
                .WithEnvironment("DASHBOARD_0", dashboards[0])
                .WithEnvironment("DASHBOARD_1", dashboards[1])
                .WithEnvironment("SERVER_0", listers[0])
                .WithEnvironment("SERVER_1", listers[1]);
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    private static IEnumerable<ConfigFile> FilesOf(Func<InstanceRole, bool> standsBefore) =>
        Ways.Where(way => standsBefore(way.Role)).Select(way => way.File).Prepend(File);

    private static string InsideOf(ConfigFile file) => $"{ConfigurationFolder}/{file.Name}";
}
