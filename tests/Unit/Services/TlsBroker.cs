using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Verification.Tests.Unit.Services;

/// <summary>Lets every client in that trusts its certificate.</summary>
internal sealed class TlsBroker : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate;
    private readonly Task serving;

    public TlsBroker(X509Certificate2 certificate)
    {
        this.certificate = certificate;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var socket = await listener.AcceptSocketAsync();
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsServerAsync(certificate);
            var bytes = new byte[4096];
            await stream.ReadExactlyAsync(bytes.AsMemory(0, "CONNECT\n".Length));
            _ = await stream.ReadAsync(bytes);
            await stream.WriteAsync("CONNECTED\nversion:1.2\n\n\0"u8.ToArray());
            // The farewell is answered, so that it need not be waited for.
            var farewell = Encoding.ASCII.GetString(bytes, 0, await stream.ReadAsync(bytes));
            var receipt = farewell
                .Split('\n')
                .FirstOrDefault(line => line.StartsWith("receipt:", StringComparison.Ordinal))
                ?["receipt:".Length..];
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"RECEIPT\nreceipt-id:{receipt}\n\n\0"));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            // The client did not trust it, or none came.
        }
    }
}
