using Docker.DotNet;

namespace Verification.Stack.Engine;

/// <summary>The Docker engine of this machine, reached through its API only.</summary>
public sealed class DockerEngine : IDisposable
{
    private DockerEngine(EngineEndpoint endpoint, DockerClient client)
    {
        Endpoint = endpoint;
        Client = client;
    }

    /// <summary>Where it listens, and its versions.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>Its API.</summary>
    public DockerClient Client { get; }

    /// <summary>Finds the engine: <c>DOCKER_HOST</c>, the docker context, or else the usual sockets.</summary>
    /// <exception cref="EngineMissingException">None answers, or what is named can't be taken.</exception>
    public static async Task<DockerEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        var endpoint = await Task.Run(EngineEndpoint.Find, cancellationToken).ConfigureAwait(false);
        return new DockerEngine(
            endpoint,
            new DockerClientBuilder().WithEndpoint(endpoint.Address).WithApiVersion(endpoint.ApiVersion).Build()
        );
    }

    /// <inheritdoc />
    public void Dispose() => Client.Dispose();
}
