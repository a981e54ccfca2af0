using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Platform;
using Verification.Stack;

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
        : this(
            new Uri($"https://{(place ?? throw new ArgumentNullException(nameof(place))).Host}"),
            place.Address,
            [place.Authority],
            token,
            deadline,
            versions
        ) { }

    private GatewayTransport(
        Uri gateway,
        EndPoint? address,
        X509Certificate2Collection? authorities,
        string? token,
        TimeSpan deadline,
        SslProtocols versions
    )
    {
        var handler = HttpTransport.NewHandler();
        handler.MaxConnectionsPerServer = Connections;
        // Where it is reached is no name of its own.
        if (address is not null)
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(address, cancellationToken);
        handler.SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = versions };
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        client = new HttpClient(handler) { Timeout = deadline, BaseAddress = gateway };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Makes a transport to the gateway of a stack.</summary>
    /// <param name="gateway">What <c>stack.json</c> says of it.</param>
    /// <param name="token">What the client shows of itself with each request; null for nothing.</param>
    /// <param name="deadline">How long one request may take.</param>
    /// <exception cref="CryptographicException">The file of the authorities holds none, or is not there.</exception>
    public static GatewayTransport To(GatewayDescription gateway, string? token, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        X509Certificate2Collection? authorities = null;
        if (gateway.Authority is { } file)
        {
            authorities = [];
            authorities.ImportFromPemFile(file);
        }

        return new GatewayTransport(
            new Uri(gateway.Url),
            gateway.Address is { } address ? HostEndpoint.Parse(address) : null,
            authorities,
            token,
            deadline,
            SslProtocols.None
        );
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

    private static async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
