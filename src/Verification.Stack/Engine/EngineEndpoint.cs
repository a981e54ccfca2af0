using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Verification.Objectives;

namespace Verification.Stack.Engine;

/// <summary>An address at which a Docker engine answered, with what it said of itself.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Version">Its version.</param>
/// <param name="ApiVersion">The highest API version it speaks.</param>
public sealed record EngineEndpoint(Uri Address, string Version, Version ApiVersion)
{
    private const int LongestAnswer = 1 << 16;
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Asks the engine that is named (<c>DOCKER_HOST</c>, the docker context), or else the usual sockets in turn, for its version.
    /// Synchronous, because a module
    /// initializer asks, too.</summary>
    /// <exception cref="EngineMissingException">None answers, or what is named can't be taken.</exception>
    public static EngineEndpoint Find() => Find(EngineSurroundings.Here);

    internal static EngineEndpoint Find(EngineSurroundings surroundings)
    {
        var tried = new List<string>();
        string? namedBy = null;
        foreach (var candidate in surroundings.Candidates())
        {
            namedBy = candidate.NamedBy;
            try
            {
                return Ask(candidate.Address);
            }
            catch (Exception e)
            {
                // Whatever it was: at this address there is no engine that could be asked.
                tried.Add($"{candidate}: {Quotation.Of(e.GetBaseException().Message)}");
            }
        }

        throw new EngineMissingException(tried, namedBy is null ? null : EngineAddress.AdviceOf(namedBy));
    }

    private static EngineEndpoint Ask(Uri address)
    {
        using var socket = Connect(address);
        using var plain = new NetworkStream(socket);
        using Stream stream = address.Scheme == "https" ? Encrypted(plain, address.Host) : plain;
        stream.Write("GET /version HTTP/1.0\r\nHost: docker\r\n\r\n"u8);
        var answer = Answer(stream);
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return body >= 0 && Read(address, answer[body..]) is { } endpoint
            ? endpoint
            : throw new InvalidDataException($"what answers is no Docker engine: {Quotation.Of(answer.Split('\n')[0], 100)}");
    }

    private static Socket Connect(Uri address)
    {
        var isUnix = address.Scheme == "unix";
        // The runtime's own words for a missing socket lead astray.
        if (isUnix && !File.Exists(address.LocalPath))
            throw new FileNotFoundException("there is no such socket");
        var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SendTimeout = socket.ReceiveTimeout = (int)AnswerDeadline.TotalMilliseconds;
            var connected = isUnix
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address.LocalPath))
                : socket.ConnectAsync(address.Host, address.Port);
            if (!connected.Wait(AnswerDeadline))
                throw new TimeoutException($"no connection within {AnswerDeadline.TotalSeconds:0} s");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslStream Encrypted(NetworkStream plain, string host)
    {
        var stream = new SslStream(plain, leaveInnerStreamOpen: true);
        stream.AuthenticateAsClient(host);
        return stream;
    }

    private static string Answer(Stream stream)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && stream.Read(answer, length, answer.Length - length) is > 0 and var read)
            length += read;
        return Encoding.UTF8.GetString(answer, 0, length);
    }

    private static EngineEndpoint? Read(Uri address, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.TryGetProperty("Version", out var version)
                && json.RootElement.TryGetProperty("ApiVersion", out var api)
                && System.Version.TryParse(api.GetString(), out var parsed)
                ? new EngineEndpoint(address, version.GetString() ?? "unknown", parsed)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
