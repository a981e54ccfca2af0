using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Verification.Tests.Unit.Chaos;

/// <summary>A node of Redis as it is seen through a link: its answers come late, or its connections end before them.</summary>
internal sealed class PingedNode : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public PingedNode()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public EndPoint Address => listener.LocalEndpoint;

    /// <summary>How late it answers.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>Whether connections end before the answer.</summary>
    public bool Breaks { get; set; }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // Who asked has gone.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line && line != "QUIT")
        {
            // The password, and the question.
        }

        await Task.Delay(Late);
        if (!Breaks)
            await stream.WriteAsync("+OK\r\n+PONG\r\n+OK\r\n"u8.ToArray());
    }
}
