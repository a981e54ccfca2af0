using System.Net.Sockets;
using System.Security.Authentication;

namespace Verification.Stomp;

/// <summary>Connects to a broker that speaks STOMP 1.2 (https://stomp.github.io/stomp-specification-1.2.html).</summary>
public static class StompClient
{
    /// <summary>Connects and logs in.</summary>
    /// <exception cref="StompConnectionException">The broker can't be reached, shows a certificate that is not accepted, closed the
    /// connection, or did not answer in time.</exception>
    /// <exception cref="StompErrorException">The broker refused: wrong credentials, unknown host.</exception>
    /// <exception cref="StompProtocolException">What answered does not speak STOMP 1.2.</exception>
    public static async Task<StompConnection> ConnectAsync(StompOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var peer = $"{options.Host}:{options.Port}";
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Socket? socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            if (options.Tls is not null)
                stream = await new TlsHandshake(peer, options.Tls).SecureAsync(stream, either.Token).ConfigureAwait(false);
            var connection = new StompConnection(stream, peer, options);
            stream = null;
            try
            {
                await connection.LogInAsync(either.Token).ConfigureAwait(false);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new StompConnectionException($"{peer} can't be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StompConnectionException($"{peer} did not answer CONNECT within {options.ConnectTimeout.TotalSeconds:0.#} s.", e);
        }
        finally
        {
            socket?.Dispose();
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
