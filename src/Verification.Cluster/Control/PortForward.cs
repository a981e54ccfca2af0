using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Stack.Network;

namespace Verification.Cluster.Control;

/// <summary>A port of loopback that leads to a port of a pod, through the API server: the pod is found anew for each connection. It ends
/// with its process.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private const string Protocol = "v4.channel.k8s.io";
    private const int Piece = 16 * 1024;
    private readonly IKubernetes cluster;
    private readonly Func<CancellationToken, Task<V1Pod>> find;
    private readonly ApiServerWay way;
    private readonly int port;
    private readonly ConnectionDoor door;

    public PortForward(IKubernetes cluster, Func<CancellationToken, Task<V1Pod>> find, ApiServerWay way, int port)
    {
        (this.cluster, this.find, this.way, this.port) = (cluster, find, way, port);
        door = new ConnectionDoor(new IPEndPoint(IPAddress.Loopback, 0), ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Local => door.Local;

    public ValueTask DisposeAsync() => door.DisposeAsync();

    /// <summary>Carries one connection. A pod that is away, or a broken forward, is to the client a connection that was closed; the broken
    /// forward is noted.</summary>
    private async Task ServeAsync(TcpClient client, CancellationToken over)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var pod = await find(over).ConfigureAwait(false);
                using var socket = await cluster
                    .WebSocketNamespacedPodPortForwardAsync(pod.Name(), pod.Namespace(), [port], Protocol, cancellationToken: over)
                    .ConfigureAwait(false);
                using var demuxer = new StreamDemuxer(socket, StreamType.PortForward);
                // Before the first byte can come: what comes for a stream that nobody has asked for is dropped.
                using var remote = demuxer.GetStream((byte?)0, null);
                demuxer.Start();
                // The API has no half of a connection: when one direction ends, both do.
                await Task.WhenAny(SendAsync(client.GetStream(), demuxer, over), Receive(remote, client.GetStream())).ConfigureAwait(false);
                // However the pod ends a connection, the kubelet then says farewell.
                if (socket.State == WebSocketState.Aborted && !over.IsCancellationRequested)
                    way.Broke($"a forward to {pod.Name()} broke off");
            }
        }
        catch (Exception e)
            when (e
                    is IOException
                        or SocketException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or HttpRequestException
                        or HttpOperationException
                        or WebSocketException
            )
        {
            // Said to the client by the end of its connection.
            if (!over.IsCancellationRequested && ApiServerWay.BreakOf(e) is { } why)
                way.Broke(why);
        }
    }

    private static async Task SendAsync(NetworkStream local, StreamDemuxer demuxer, CancellationToken over)
    {
        var buffer = new byte[Piece];
        while (await local.ReadAsync(buffer, over).ConfigureAwait(false) is var count and > 0)
            await demuxer.Write((byte)0, buffer, 0, count, over).ConfigureAwait(false);
    }

    /// <summary>The client library's stream reads by blocking: on a thread of its own, as one of the pool would be missed.</summary>
    private static Task Receive(Stream remote, NetworkStream local) =>
        Task.Factory.StartNew(
            () =>
            {
                var buffer = new byte[Piece];
                while (remote.Read(buffer, 0, buffer.Length) is var count and > 0)
                    local.Write(buffer, 0, count);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
