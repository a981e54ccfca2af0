using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>Toxiproxy as the link of the services to a role: it listens on the ports of that role and leads to who serves its clients; of
/// Redis it has ports for each node. What is done to the link is done through its API (<see cref="LinkControl"/>).</summary>
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
    public override IReadOnlyList<int> Ports => [ApiPort];

    /// <inheritdoc />
    internal override IReadOnlyList<int> PortsIn(Surroundings around) =>
        [ApiPort, .. LinkProxy.Of(RoleOf(around), around).Where(proxy => proxy.IsOfClients).Select(proxy => proxy.Port)];

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var proxies = LinkProxy.Of(RoleOf(around), around);
        var api = new LinkApi(new Uri($"http://{InstancePlace.Loopback}:{place.Ports[ApiPort]}/"));
        var ready = new UntilAnswers(
            $"has a proxy for {string.Join(", ", proxies.Select(proxy => proxy.Upstream))}",
            async _ =>
            {
                if (await api.ToxicsAsync(CancellationToken.None).ConfigureAwait(false) is { Count: var count } && count != proxies.Count)
                    throw new HttpRequestException($"It has {count} proxies.");
            }
        );
        var wanted = proxies.Select(proxy => new
        {
            name = proxy.Name,
            listen = $"0.0.0.0:{proxy.Port}",
            upstream = proxy.Upstream,
            enabled = true,
        });
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithResourceMapping(JsonSerializer.SerializeToUtf8Bytes(wanted), ProxiesFile)
            .WithCommand("-host=0.0.0.0", $"-config={ProxiesFile}")
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    private static Role RoleOf(Surroundings around) => around.Carries ?? throw new InvalidOperationException("It is the link to nothing.");
}
