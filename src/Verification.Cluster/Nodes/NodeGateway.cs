using System.Net;
using Verification.Stack.Engine;

namespace Verification.Cluster.Nodes;

/// <summary>The way from the pods of a throwaway cluster to this machine.</summary>
public static class NodeGateway
{
    /// <summary>The network in which the engine puts containers that name none, as the node's.</summary>
    private const string Network = "bridge";

    /// <summary>The address at which pods reach what listens on this machine.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ClusterMissingException">They reach nothing here: the engine is on another machine, or its network has no
    /// gateway.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<IPAddress> AddressAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (engine.Endpoint.Address.Scheme != "unix")
            throw new ClusterMissingException(
                $"pods reach nothing that runs on this machine: the engine is at {engine.Endpoint.Address}, which may be another one"
            );
        var network = await engine.Client.Networks.InspectNetworkAsync(Network, cancellationToken).ConfigureAwait(false);
        return network
                .IPAM?.Config?.Select(range => IPAddress.TryParse(range.Gateway, out var gateway) ? gateway : null)
                .FirstOrDefault(gateway => gateway is not null)
            ?? throw new ClusterMissingException(
                $"pods reach nothing that runs on this machine: the engine's network {Network} has no gateway"
            );
    }
}
