using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;
using Verification.Stack.Components.Redis;

namespace Verification.Stack;

/// <summary>Leads a cluster client on the host, which learns the nodes' inside addresses from the cluster, to their host ports.</summary>
/// <param name="nodes">The nodes.</param>
internal sealed class RedisTunnel(IEnumerable<StackInstance> nodes) : Tunnel
{
    private readonly Dictionary<string, EndPoint> hostPorts = nodes.ToDictionary(
        node => node.Inside,
        node => node.EndpointOf(RedisComponent.Port));

    /// <inheritdoc />
    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        new(endpoint is IPEndPoint inside && hostPorts.TryGetValue(inside.Address.ToString(), out var host) ? host : endpoint);
}
