using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Docker.DotNet.Models;
using Verification.Stack.Engine;

namespace Verification.Cluster.Nodes;

/// <summary>The way from the pods of a throwaway cluster to this machine.</summary>
public static class NodeGateway
{
    /// <summary>The network in which the engine puts containers that name none, as the node's.</summary>
    private const string Network = "bridge";

    private const string BridgeName = "com.docker.network.bridge.name";

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
        return Of(network, AddressOf)
            ?? throw new ClusterMissingException(
                $"pods reach nothing that runs on this machine: the engine's network {Network} has no gateway"
            );
    }

    /// <summary>The gateway of a network; where an engine does not tell it, as one does not that runs for the first time, the address of
    /// its bridge on this machine is that.</summary>
    /// <param name="network">The network.</param>
    /// <param name="addressOf">The address of an interface of this machine; null where there is none.</param>
    internal static IPAddress? Of(NetworkResponse network, Func<string, IPAddress?> addressOf) =>
        network
            .IPAM?.Config?.Select(range => IPAddress.TryParse(range.Gateway, out var gateway) ? gateway : null)
            .FirstOrDefault(gateway => gateway is not null)
        ?? (network.Options is { } options && options.TryGetValue(BridgeName, out var bridge) ? addressOf(bridge) : null);

    private static IPAddress? AddressOf(string name) =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(each => each.Name == name)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
}
