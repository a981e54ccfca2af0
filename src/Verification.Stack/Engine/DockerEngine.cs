using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace Verification.Stack.Engine;

/// <summary>The Docker engine of this machine, reached through its API only.</summary>
public sealed class DockerEngine : IDisposable
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    private DockerEngine(Uri endpoint, Version apiVersion, string version, DockerClient client)
    {
        Endpoint = endpoint;
        ApiVersion = apiVersion;
        EngineVersion = version;
        Client = client;
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>The highest API version it speaks.</summary>
    public Version ApiVersion { get; }

    /// <summary>Its own version.</summary>
    public string EngineVersion { get; }

    /// <summary>Its API.</summary>
    public DockerClient Client { get; }

    /// <summary>Finds the engine (<c>DOCKER_HOST</c>, then the usual sockets) and asks for its version.</summary>
    /// <exception cref="EngineMissingException">None answers.</exception>
    public static async Task<DockerEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        var tried = new List<string>();
        foreach (var endpoint in Candidates())
        {
            try
            {
                var (version, api) = await AskVersionAsync(endpoint, cancellationToken).ConfigureAwait(false);
                var client = new DockerClientBuilder().WithEndpoint(endpoint).WithApiVersion(api).Build();
                return new DockerEngine(endpoint, api, version, client);
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or IOException or JsonException or TimeoutException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                tried.Add($"{endpoint}: {e.GetBaseException().Message}");
            }
        }

        throw new EngineMissingException(tried);
    }

    /// <inheritdoc />
    public void Dispose() => Client.Dispose();

    private static IEnumerable<Uri> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named)
        {
            yield return new Uri(named);
            yield break;
        }

        yield return new Uri("unix:///var/run/docker.sock");
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
            yield return new Uri($"unix://{runtime}/docker.sock");
        yield return new Uri($"unix://{Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)}/.docker/run/docker.sock");
    }

    private static async Task<(string Version, Version Api)> AskVersionAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler();
        if (endpoint.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.LocalPath), ct).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        var address = endpoint.Scheme == "unix" ? new Uri("http://localhost/") : new UriBuilder(endpoint) { Scheme = "http" }.Uri;
        using var http = new HttpClient(handler) { BaseAddress = address, Timeout = AnswerDeadline };
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("version", UriKind.Relative), cancellationToken).ConfigureAwait(false));
        return (answer.RootElement.GetProperty("Version").GetString() ?? "unknown", Version.Parse(answer.RootElement.GetProperty("ApiVersion").GetString()!));
    }
}
