namespace Verification.Stack.Components.Redis;

/// <summary>The link to the nodes of a Redis cluster: it has a port for the clients of each node and one for its cluster bus, and the node
/// announces both, with the link's address, for its own.</summary>
internal static class RedisLink
{
    private const int FirstPort = 7000;

    // So far above the port of its clients the bus of a node is where nobody says otherwise.
    private const int BusAbove = 10_000;

    // The address is looked for at each start: a link that has died, too, may come back later than the node, and with another one.
    private const string Announce = """
        link=$1 port=$2 bus=$3
        shift 3
        until read -r address _ < <(getent ahostsv4 "$link"); do sleep 0.2; done
        exec "$@" --cluster-announce-ip "$address" --cluster-announce-port "$port" --cluster-announce-bus-port "$bus"
        """;

    /// <summary>Where the link leads to each node.</summary>
    /// <param name="nodes">Names of all nodes, in the order in which the topology has them.</param>
    public static IReadOnlyList<LinkedNode> Of(IReadOnlyList<string> nodes) =>
        [.. nodes.Select((name, index) => new LinkedNode(name, FirstPort + index, FirstPort + index + BusAbove))];

    /// <summary>The command by which a node starts that announces its place at the link.</summary>
    /// <param name="link">Name of the link in the network.</param>
    /// <param name="node">The node.</param>
    /// <param name="start">The command by which it would start otherwise, whose last arguments may be settings.</param>
    public static IReadOnlyList<string> Announcing(string link, LinkedNode node, IReadOnlyList<string> start) =>
        ["bash", "-c", Announce, "announce", link, $"{node.Port}", $"{node.BusPort}", .. start];
}

/// <summary>A node of Redis at its link.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Port">Port of the link that leads to the port of its clients.</param>
/// <param name="BusPort">Port of the link that leads to its cluster bus.</param>
internal sealed record LinkedNode(string Name, int Port, int BusPort);
