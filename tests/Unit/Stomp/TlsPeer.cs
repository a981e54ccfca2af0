using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Verification.Stomp;

namespace Verification.Tests.Unit.Stomp;

/// <summary>A broker on loopback that speaks TLS with a given certificate, and answers CONNECT with CONNECTED.</summary>
internal sealed class TlsPeer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Task serving;

    public TlsPeer(X509Certificate2 certificate)
    {
        listener.Start();
        serving = ServeAsync(certificate);
    }

    /// <summary>A client that trusts one authority and takes the peer for <paramref name="host"/>.</summary>
    public StompOptions Options(X509Certificate2 trusted, string host) =>
        new()
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            HeartBeat = TimeSpan.Zero,
            Tls = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { trusted },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await serving;
        listener.Dispose();
        ended.Dispose();
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        try
        {
            using var socket = await listener.AcceptSocketAsync(ended.Token);
            await using var secured = new SslStream(new NetworkStream(socket));
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ended.Token);
            var received = new byte[1024];
            while (await secured.ReadAsync(received, ended.Token) > 0)
                await secured.WriteAsync(Wire.Bytes("CONNECTED\nversion:1.2\n\n\0"), ended.Token);
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException or OperationCanceledException)
        {
            // The client has gone, or did not like the certificate: the test sees what it says.
        }
    }
}
