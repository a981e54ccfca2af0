using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>A way through a link.</summary>
/// <param name="Name">What the link calls it.</param>
/// <param name="Port">The port at which the link listens for it.</param>
/// <param name="Upstream">The host and port that it leads to. Who that is, is looked for at each connection.</param>
internal sealed record LinkProxy(string Name, int Port, string Upstream)
{
    // Where nothing else is said, as in config/redis/redis.conf.
    private const int BusPort = RedisComponent.Port + 10_000;

    /// <summary>Whether clients of the role come by it. Else it is one by which its instances talk to each other, to which nothing is
    /// done.</summary>
    public bool IsOfClients { get; init; } = true;

    /// <summary>The ways through the link to a role: to who serves its clients; of Redis to each node.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No link leads there.</exception>
    public static IReadOnlyList<LinkProxy> Of(Role role, Surroundings around) =>
        role == InstanceRole.Mysql ? [Served(role, MySqlComponent.Port, around)]
        : role == InstanceRole.Broker ? [Served(role, BrokerPorts.Stomp, around), Served(role, BrokerPorts.StompTls, around)]
        : role == InstanceRole.Redis ? [.. RedisLink.Of(around.InstancesOf(role)).SelectMany(OfNode)]
        : throw new ArgumentOutOfRangeException(nameof(role), role, "no link leads there");

    private static LinkProxy Served(Role role, int port, Surroundings around) =>
        new($"{role}-{port}", port, $"{around.HostOf(role)}:{port}");

    private static IEnumerable<LinkProxy> OfNode(LinkedNode node) =>
        [
            new(node.Name, node.Port, $"{node.Name}:{RedisComponent.Port}"),
            new($"{node.Name}-bus", node.BusPort, $"{node.Name}:{BusPort}") { IsOfClients = false },
        ];
}
