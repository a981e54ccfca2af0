using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>Toxiproxy as the link of the services to a role: it listens on the ports of that role and leads to who serves its clients.
/// What is done to the link is done through its API (<see cref="LinkControl"/>).</summary>
internal sealed class ToxiproxyComponent : Component
{
    /// <summary>Its role, which the contract of the system under test doesn't know.</summary>
    public static readonly Role Link = new("link");

    /// <summary>Port inside of its API.</summary>
    public const int ApiPort = 8474;

    private const string ProxiesFile = "/etc/toxiproxy.json";

    /// <inheritdoc />
    public override string Name => "toxiproxy";

    /// <inheritdoc />
    public override Role Role => Link;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [ApiPort, MySqlComponent.Port, BrokerPorts.Stomp, BrokerPorts.StompTls];

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var role = around.Carries ?? throw new InvalidOperationException($"{place.Name} is the link to nothing.");
        var host = around.HostOf(role);
        var ports = PortsOf(role);
        var api = new LinkApi(new Uri($"http://{InstancePlace.Loopback}:{place.Ports[ApiPort]}/"));
        var ready = new UntilAnswers(
            $"has a proxy for {string.Join(", ", ports.Select(port => $"{host}:{port}"))}",
            async _ =>
            {
                if (await api.ToxicsAsync(CancellationToken.None).ConfigureAwait(false) is { Count: var proxies } && proxies != ports.Count)
                    throw new HttpRequestException($"It has {proxies} proxies.");
            }
        );
        var proxies = ports.Select(port => new
        {
            name = $"{place.Name}-{port}",
            listen = $"0.0.0.0:{port}",
            upstream = $"{host}:{port}",
            enabled = true,
        });
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithResourceMapping(JsonSerializer.SerializeToUtf8Bytes(proxies), ProxiesFile)
            .WithCommand("-host=0.0.0.0", $"-config={ProxiesFile}")
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    private static IReadOnlyList<int> PortsOf(Role role) =>
        role == InstanceRole.Mysql ? [MySqlComponent.Port]
        : role == InstanceRole.Broker ? [BrokerPorts.Stomp, BrokerPorts.StompTls]
        : throw new ArgumentOutOfRangeException(nameof(role), role, "no link leads there");
}
