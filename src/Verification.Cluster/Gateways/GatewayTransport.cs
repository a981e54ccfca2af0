using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Verification.Platform;

namespace Verification.Cluster.Gateways;

/// <summary>Requests to both APIs by the gateway, as its clients make them: over TLS, by the gateway's host, with a token or
/// without.</summary>
public sealed class GatewayTransport : IHttpTransport
{
    private const int Connections = 64;
    private readonly HttpClient client;

    /// <summary>Makes a transport.</summary>
    /// <param name="place">The gateway.</param>
    /// <param name="token">What the client shows of itself with each request; null for nothing.</param>
    /// <param name="deadline">How long one request may take.</param>
    /// <param name="versions">Versions of TLS that the client speaks; none in particular for those that the machine speaks.</param>
    public GatewayTransport(GatewayPlace place, string? token, TimeSpan deadline, SslProtocols versions = SslProtocols.None)
    {
        ArgumentNullException.ThrowIfNull(place);
        var handler = HttpTransport.NewHandler();
        handler.MaxConnectionsPerServer = Connections;
        // Where it is reached is no name of its own.
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(place.Address, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = versions,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { place.Authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        client = new HttpClient(handler) { Timeout = deadline, BaseAddress = new Uri($"https://{place.Host}") };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc />
    public async Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        using var message = question.ToMessage(client.BaseAddress!);
        try
        {
            using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return await HttpTransport.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HttpTransport.IsNoAnswer(e, cancellationToken))
        {
            return HttpAnswer.None(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
