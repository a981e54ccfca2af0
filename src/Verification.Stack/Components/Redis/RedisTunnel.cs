using System.Collections.Concurrent;
using System.Net;
using StackExchange.Redis.Configuration;
using Verification.Stack.Control;

namespace Verification.Stack.Components.Redis;

/// <summary>Leads a cluster client on the host, which learns the nodes' inside addresses from the cluster, to their host ports. Who has an
/// address is asked at each connection:
/// nodes that were killed and started may have swapped theirs, and a client that went by the old ones would talk to the wrong
/// node. A node that announces the address of a link is reached past the link.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="link">The link whose address they announce; null where each announces its own.</param>
/// <param name="control">Tells their addresses.</param>
internal sealed class RedisTunnel(IReadOnlyList<StackInstance> nodes, StackInstance? link, IStackControl control) : Tunnel
{
    private readonly ConcurrentDictionary<IPAddress, StackInstance> lastSeen = new();
    private readonly RedisAddresses announced = new(nodes, link, control);

    /// <inheritdoc />
    public override async ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint is not IPEndPoint inside)
            return endpoint;
        try
        {
            if (announced.LinkedAt(inside.Port) is { } behind)
                return await control.EndpointAsync(behind, RedisComponent.Port, cancellationToken).ConfigureAwait(false);
            var addresses = await control.InsideAsync(nodes, cancellationToken).ConfigureAwait(false);
            foreach (var node in nodes.Where(node => addresses.ContainsKey(node.Name)))
                lastSeen[addresses[node.Name]] = node;
            // The host port of a node that does not run refuses at once; its address inside would keep the client waiting. One that runs
            // under another address is another one's.
            return
                lastSeen.TryGetValue(inside.Address, out var holder)
                && (!addresses.TryGetValue(holder.Name, out var now) || now.Equals(inside.Address))
                ? await control.EndpointAsync(holder, inside.Port, cancellationToken).ConfigureAwait(false)
                : endpoint;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The client takes a tunnel that throws for a connection still in the making. To the address itself it fails, and tries again.
            return endpoint;
        }
    }
}
