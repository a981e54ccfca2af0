using System.Net;
using System.Net.Sockets;

namespace Verification.Stack.Network;

/// <summary>Takes each connection that comes to an address of this machine, and has it carried; none waits for another to be taken. It ends
/// with its process.</summary>
public sealed class ConnectionDoor : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly TcpListener listener;
    private readonly Func<TcpClient, CancellationToken, Task> carry;
    private readonly Task accepting;

    /// <summary>Opens it.</summary>
    /// <param name="at">Where it listens; port 0 for any.</param>
    /// <param name="carry">Carries a connection until it ends, and closes it; it throws nothing. Its token ends it.</param>
    /// <exception cref="SocketException">Nobody can listen there.</exception>
    public ConnectionDoor(IPEndPoint at, Func<TcpClient, CancellationToken, Task> carry)
    {
        this.carry = carry;
        listener = new TcpListener(at);
        listener.Start();
        Local = (IPEndPoint)listener.LocalEndpoint;
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Local { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!over.IsCancellationRequested)
            _ = carry(await listener.AcceptTcpClientAsync(over.Token).ConfigureAwait(false), over.Token);
    }
}
