using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Additions;

/// <summary>A volume on the engine's disk that instances hand to each other; what uses it must be disposed before.</summary>
public sealed class DiskVolume : IAsyncDisposable
{
    private readonly DockerEngine engine;

    private DiskVolume(string name, DockerEngine engine) => (Name, this.engine) = (name, engine);

    /// <summary>Its name in the engine, for <see cref="Addition.Volumes"/>.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await engine.Client.Volumes.RemoveAsync(Name, force: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (Sweeper.IsGoing(e))
        {
            // Still in use, or gone with its run: it carries the run's label.
        }
    }

    /// <summary>Creates it under the labels of a run.</summary>
    internal static async Task<DiskVolume> CreateAsync(
        DockerEngine engine,
        string name,
        IReadOnlyDictionary<string, string> labels,
        CancellationToken cancellationToken
    )
    {
        var wanted = new VolumesCreateParameters
        {
            Name = name,
            Driver = "local",
            Labels = new Dictionary<string, string>(labels),
        };
        await engine.Client.Volumes.CreateAsync(wanted, cancellationToken).ConfigureAwait(false);
        return new DiskVolume(name, engine);
    }
}
