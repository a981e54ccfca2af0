using System.Net.Sockets;
using System.Text.Json;

namespace Verification.Stack.Engine;

/// <summary>An address at which a Docker engine answered, with what it said of itself.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Version">Its version.</param>
/// <param name="ApiVersion">The highest API version it speaks.</param>
public sealed record EngineEndpoint(Uri Address, string Version, Version ApiVersion)
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Asks <c>DOCKER_HOST</c>, or else the usual sockets in turn, for the engine's version. Synchronous, because a module initializer asks, too.</summary>
    /// <exception cref="EngineMissingException">None answers.</exception>
    public static EngineEndpoint Find()
    {
        var tried = new List<string>();
        foreach (var address in Candidates())
        {
            try
            {
                return Ask(address);
            }
            catch (Exception e) when (e is SocketException or IOException or JsonException or KeyNotFoundException)
            {
                tried.Add($"{address}: {e.Message}");
            }
        }

        throw new EngineMissingException(tried);
    }

    private static IEnumerable<Uri> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named)
            return Uri.TryCreate(named, UriKind.Absolute, out var address)
                ? [address]
                : throw new EngineMissingException([$"DOCKER_HOST={named}: not an address such as unix:///var/run/docker.sock or tcp://host:2375"]);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string?[] sockets = ["/var/run/docker.sock", runtime is { Length: > 0 } ? $"{runtime}/docker.sock" : null, $"{home}/.docker/run/docker.sock"];
        return sockets.OfType<string>().Select(path => new Uri($"unix://{path}"));
    }

    private static EngineEndpoint Ask(Uri address)
    {
        var isUnix = address.Scheme == "unix";
        using var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.SendTimeout = socket.ReceiveTimeout = (int)AnswerDeadline.TotalMilliseconds;
        if (isUnix)
            socket.Connect(new UnixDomainSocketEndPoint(address.LocalPath));
        else
            socket.Connect(address.Host, address.Port);
        using var stream = new NetworkStream(socket);
        stream.Write("GET /version HTTP/1.0\r\nHost: docker\r\n\r\n"u8);
        using var reader = new StreamReader(stream);
        var answer = reader.ReadToEnd();
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body < 0 ? string.Empty : answer[body..]);
        return new EngineEndpoint(
            address,
            json.RootElement.GetProperty("Version").GetString() ?? "unknown",
            System.Version.Parse(json.RootElement.GetProperty("ApiVersion").GetString()!));
    }
}
