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

    /// <summary>Asks <c>DOCKER_HOST</c>, or else the usual sockets in turn, for the engine's version.</summary>
    /// <exception cref="EngineMissingException">None answers.</exception>
    public static async Task<EngineEndpoint> FindAsync(CancellationToken cancellationToken)
    {
        var tried = new List<string>();
        foreach (var address in Candidates())
        {
            try
            {
                return await AskAsync(address, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or IOException or JsonException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                tried.Add($"{address}: {e.GetBaseException().Message}");
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

    private static async Task<EngineEndpoint> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler();
        if (address.Scheme == "unix")
            handler.ConnectCallback = (_, ct) => ConnectAsync(address.LocalPath, ct);

        var http = address.Scheme == "unix" ? new Uri("http://localhost/") : new UriBuilder(address) { Scheme = "http" }.Uri;
        using var client = new HttpClient(handler) { BaseAddress = http, Timeout = AnswerDeadline };
        var text = await client.GetStringAsync(new Uri("version", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        using var answer = JsonDocument.Parse(text);
        return new EngineEndpoint(
            address,
            answer.RootElement.GetProperty("Version").GetString() ?? "unknown",
            System.Version.Parse(answer.RootElement.GetProperty("ApiVersion").GetString()!));
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
