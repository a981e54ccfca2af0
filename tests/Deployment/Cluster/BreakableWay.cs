using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Verification.Cluster.Nodes;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A way to a cluster's API server, over a port of loopback, that can be broken for good: what it carries ends at once, and nobody
/// is let in any more.</summary>
internal sealed class BreakableWay : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentBag<Socket> carried = [];
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private readonly Task accepting;

    private BreakableWay(ThrowawayCluster cluster)
    {
        listener.Start();
        server = cluster.Client.BaseUri;
        // The owner's alone, as the one that it is made from; it goes with the secrets of the run.
        Kubeconfig = $"{cluster.Kubeconfig}-way";
        File.Copy(cluster.Kubeconfig, Kubeconfig, overwrite: true);
        File.WriteAllText(
            Kubeconfig,
            File.ReadAllText(Kubeconfig)
                .Replace($"{server.Host}:{server.Port}", listener.LocalEndpoint.ToString(), StringComparison.Ordinal)
        );
        accepting = AcceptAsync();
    }

    /// <summary>Configuration of a client that takes this way.</summary>
    public string Kubeconfig { get; }

    public static BreakableWay To(ThrowawayCluster cluster) => new(cluster);

    /// <summary>Breaks it when so many more connections have been carried.</summary>
    public async Task BreakAtAsync(int connections, CancellationToken cancellationToken)
    {
        var most = carried.Count + connections;
        await Eventually.IsTrueAsync(
            $"{connections} connections",
            TimeSpan.FromMinutes(4),
            _ => Task.FromResult(carried.Count >= most),
            cancellationToken
        );
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        over.Dispose();
        File.Delete(Kubeconfig);
    }

    private async Task EndAsync()
    {
        if (over.IsCancellationRequested)
            return;
        await over.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in carried)
            client.Close(timeout: 0);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptSocketAsync(over.Token);
            carried.Add(client);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        try
        {
            using var from = new NetworkStream(client, ownsSocket: true);
            using var to = new TcpClient();
            await to.ConnectAsync(server.Host, server.Port, over.Token);
            await Task.WhenAny(from.CopyToAsync(to.GetStream(), over.Token), to.GetStream().CopyToAsync(from, over.Token));
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken, or ended.
        }
    }
}
