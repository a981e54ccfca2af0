using System.Net;
using Verification.Stack.Control;

namespace Verification.Stack.Components.Redis;

/// <summary>Under which addresses the nodes of Redis know each other and are known to their clients: each under its own inside the network,
/// or all under that of the link before them, each at a port of its own.</summary>
/// <param name="nodes">All nodes, in the order in which the topology has them.</param>
/// <param name="link">The link; null where there is none.</param>
/// <param name="control">Tells the addresses of instances.</param>
internal sealed class RedisAddresses(IReadOnlyList<StackInstance> nodes, StackInstance? link, IStackControl control)
{
    private readonly IReadOnlyList<LinkedNode> linked = link is null ? [] : RedisLink.Of([.. nodes.Select(node => node.Name)]);

    /// <summary>Where each node is known to be now, by its name; one that does not run, or whose link does not, is nowhere.</summary>
    public async Task<IReadOnlyDictionary<string, IPEndPoint>> NowAsync(CancellationToken cancellationToken)
    {
        var inside = await control.InsideAsync(link is null ? nodes : [.. nodes, link], cancellationToken).ConfigureAwait(false);
        var known = new Dictionary<string, IPEndPoint>(StringComparer.Ordinal);
        foreach (var (index, node) in nodes.Index())
        {
            if (inside.ContainsKey(node.Name) && inside.TryGetValue(link?.Name ?? node.Name, out var announced))
                known[node.Name] = new IPEndPoint(announced, PortOf(index));
        }

        return known;
    }

    /// <summary>Where each node was known to be when it started, in their order.</summary>
    public IReadOnlyList<(string Name, string Host, int Port)> AtStart() =>
        [.. nodes.Select((node, index) => (node.Name, (link ?? node).Inside, PortOf(index)))];

    /// <summary>The node to whose clients a port of the link leads, whatever address the link has; null where it leads to none.</summary>
    public StackInstance? LinkedAt(int port) =>
        linked.FirstOrDefault(each => each.Port == port) is { } found ? nodes.First(node => node.Name == found.Name) : null;

    /// <summary>The port of the link by which a node's clients come.</summary>
    /// <exception cref="InvalidOperationException">There is no link, or it leads to no such node.</exception>
    public int PortAtLink(StackInstance node) => linked.Single(each => each.Name == node.Name).Port;

    private int PortOf(int index) => link is null ? RedisComponent.Port : linked[index].Port;
}
