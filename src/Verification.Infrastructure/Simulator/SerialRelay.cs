using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Verification.Stack.Network;

namespace Verification.Infrastructure.Simulator;

/// <summary>Leads connections to a server that can't take two requests at once, one after the other. moto answers in threads which change
/// under each other what they share: a request that has done its work is answered with 500, asked again, and refused as done.</summary>
internal sealed class SerialRelay : IAsyncDisposable
{
    private const int Piece = 64 << 10;
    private readonly SemaphoreSlim turn = new(1);
    private readonly IPEndPoint server;
    private readonly TimeSpan patience;
    private readonly ConnectionDoor door;

    /// <summary>Starts it.</summary>
    /// <param name="at">Where it listens; port 0 for any.</param>
    /// <param name="server">Where the server does.</param>
    /// <param name="patience">A connection over which nothing goes for so long keeps its turn no longer: its server keeps it open for other
    /// requests.</param>
    public SerialRelay(IPEndPoint at, IPEndPoint server, TimeSpan patience)
    {
        (this.server, this.patience) = (server, patience);
        door = new ConnectionDoor(at, CarryAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Local => door.Local;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => door.DisposeAsync();

    /// <summary>Carries one connection. A server that is away, or one that breaks it off, is to the client a connection that was
    /// closed.</summary>
    private async Task CarryAsync(TcpClient connection, CancellationToken over)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            using (connection)
            {
                connection.NoDelay = true;
                // One that asks nothing takes no turn.
                var first = await connection.Client.ReceiveAsync(piece, over).ConfigureAwait(false);
                if (first > 0)
                    await AskAsync(connection.Client, piece.AsMemory(0, first), over).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed, as is said above.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async Task AskAsync(Socket client, ReadOnlyMemory<byte> first, CancellationToken over)
    {
        var held = new Turn(turn);
        await turn.WaitAsync(over).ConfigureAwait(false);
        try
        {
            using var to = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await to.ConnectAsync(server, over).ConfigureAwait(false);
            await SendAsync(to, first, over).ConfigureAwait(false);
            using var moved = new Timer(_ => held.Release(), state: null, patience, Timeout.InfiniteTimeSpan);
            var asking = PumpAsync(client, to, moved, over);
            await PumpAsync(to, client, moved, over).ConfigureAwait(false);
            held.Release();
            // The server has said all: whatever the client still says is for nobody.
            client.Close();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            held.Release();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Timer moved, CancellationToken over)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await from.ReceiveAsync(piece, over).ConfigureAwait(false) is > 0 and var read)
            {
                moved.Change(patience, Timeout.InfiniteTimeSpan);
                await SendAsync(to, piece.AsMemory(0, read), over).ConfigureAwait(false);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, over).ConfigureAwait(false)..];
    }

    /// <summary>A turn that is given back once.</summary>
    private sealed class Turn(SemaphoreSlim turns)
    {
        private int released;

        public void Release()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                turns.Release();
        }
    }
}
