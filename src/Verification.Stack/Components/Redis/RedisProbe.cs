using System.Net.Sockets;
using System.Text;

namespace Verification.Stack.Components.Redis;

/// <summary>One question to one Redis node, past the cluster's redirections, in the protocol's inline form
/// (https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands). A cluster client would follow the cluster instead of
/// asking this node.</summary>
internal static class RedisProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>Authenticates, asks, and gives all that the node answered.</summary>
    /// <param name="hostPort">Port of the node on 127.0.0.1.</param>
    /// <param name="password">Its password.</param>
    /// <param name="command">A command without blanks inside its arguments.</param>
    /// <exception cref="IOException">No answer, or an error; the message is the node's.</exception>
    public static async Task<string> AskAsync(int hostPort, string password, string command)
    {
        using var limit = new CancellationTokenSource(Deadline);
        var answer = await AnswerAsync(InstancePlace.Loopback, hostPort, password, command, limit.Token).ConfigureAwait(false);
        var error = answer.Split("\r\n").FirstOrDefault(line => line.StartsWith('-'));
        return error is null ? answer : throw new IOException(error);
    }

    /// <summary>Authenticates, asks, and gives all that was answered, an error as well.</summary>
    /// <param name="host">Where the node is reached.</param>
    /// <param name="port">Its port there.</param>
    /// <param name="password">Its password.</param>
    /// <param name="command">A command without blanks inside its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The connection ended without an answer.</exception>
    /// <exception cref="SocketException">There is no connection.</exception>
    public static async Task<string> AnswerAsync(
        string host,
        int port,
        string password,
        string command,
        CancellationToken cancellationToken
    )
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        var stream = client.GetStream();
        await stream
            .WriteAsync(Encoding.UTF8.GetBytes($"AUTH {password}\r\n{command}\r\nQUIT\r\n"), cancellationToken)
            .ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return answer.Length > 0 ? answer : throw new IOException("the node closed the connection without an answer");
    }
}
