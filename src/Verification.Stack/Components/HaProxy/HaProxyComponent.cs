using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack.Components.HaProxy;

/// <summary>HAProxy before a pair of brokers, with the configuration of <c>config/haproxy/</c>: it leads their clients to the one that is active.</summary>
internal sealed class HaProxyComponent : ConfiguredComponent
{
    /// <summary>Its role, which the contract of the system under test doesn't know.</summary>
    public static readonly Role Proxy = new("haproxy");

    private const string ConfigurationFile = "/usr/local/etc/haproxy/haproxy.cfg";
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);
    private static readonly ConfigFile File = new("haproxy.cfg", ConfigFormat.Whole);

    /// <inheritdoc />
    public override string Name => Proxy.Name;

    /// <inheritdoc />
    public override Role Role => Proxy;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [BrokerPorts.Stomp, BrokerPorts.StompTls, HaProxyMetrics.Port];

    /// <inheritdoc />
    public override IReadOnlyList<ConfigFile> Configuration => [File];

    /// <inheritdoc />
    public override async Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken) =>
        (await HaProxyMetrics.ReadAsync(stack.Endpoint(Role, HaProxyMetrics.Port), cancellationToken).ConfigureAwait(false)).Version;

    /// <summary>It tells nothing of its settings but some figures: held against <c>config/</c> is the file that it was started with.</summary>
    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(AttachedStack stack, string config, CancellationToken cancellationToken)
    {
        var proxy = stack.Instance(Role);
        var read = await stack.Control.ExecAsync(proxy, ["cat", ConfigurationFile], cancellationToken).ConfigureAwait(false);
        return HaProxySettings.Compare(await System.IO.File.ReadAllTextAsync(PathOf(File, config), cancellationToken).ConfigureAwait(false), read.Output);
    }

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var brokers = around.HostsOf(InstanceRole.Broker);
        if (brokers.Count != 2)
            throw new InvalidOperationException($"{Name} stands before a pair of brokers; the stack has {brokers.Count} ({string.Join(", ", brokers)}).");
        var credentials = new BrokerCredentials(around.Secrets);
        var options = BrokerComponent.Options(InstancePlace.Loopback, place.Ports[BrokerPorts.Stomp], around.Secrets) with { ConnectTimeout = ReadyTimeout };
        var ready = new UntilAnswers("leads a STOMP client to an active broker", async _ =>
        {
            var connection = await StompClient.ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        });
        var builder = place.Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment("BROKER_0", brokers[0])
            .WithEnvironment("BROKER_1", brokers[1])
            .WithEnvironment("BROKER_USER", credentials.User)
            .WithEnvironment("BROKER_PASSWORD", credentials.Password)
            .WithResourceMapping(System.IO.File.ReadAllBytes(PathOf(File, around.Root.Config)), ConfigurationFile)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
