using Docker.DotNet.Models;
using Verification.Stack.Engine;

namespace Verification.Stack.Components;

/// <summary>A volume of the engine on which several instances have their data. It carries the labels of its run, and goes with
/// it.</summary>
/// <param name="Name">Its name in the engine.</param>
/// <param name="Folder">Where it is mounted inside.</param>
/// <param name="Labels">Labels of the run.</param>
internal sealed record SharedVolume(string Name, string Folder, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Makes it, and gives it to a user.</summary>
    /// <param name="image">An image that has chown.</param>
    /// <param name="owner">Id of the user; null where whoever mounts it sees to that.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It could not be given away.</exception>
    public async Task CreateAsync(string image, uint? owner, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await engine
            .Client.Volumes.CreateAsync(
                new VolumesCreateParameters { Name = Name, Labels = new Dictionary<string, string>(Labels) },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (owner is not null)
            await GiveAsync(engine, image, $"{owner}:{owner}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Mounts it in a container that is about to be created.</summary>
    public void Mount(CreateContainerParameters parameters)
    {
        parameters.HostConfig ??= new HostConfig();
        parameters.HostConfig.Binds = [.. parameters.HostConfig.Binds ?? [], $"{Name}:{Folder}"];
    }

    /// <summary>A new volume belongs to root, and not every image has a root that gives it away.</summary>
    private async Task GiveAsync(DockerEngine engine, string image, string owner, CancellationToken cancellationToken)
    {
        var giver = new CreateContainerParameters
        {
            Image = image,
            Name = $"{Name}-owner",
            User = "0:0",
            Entrypoint = ["chown", owner, Folder],
            Labels = new Dictionary<string, string>(Labels),
            HostConfig = new HostConfig { NetworkMode = "none" },
        };
        Mount(giver);
        var container = await engine.Client.Containers.CreateContainerAsync(giver, cancellationToken).ConfigureAwait(false);
        await engine
            .Client.Containers.StartContainerAsync(container.ID, new ContainerStartParameters(), cancellationToken)
            .ConfigureAwait(false);
        var ended = await engine.Client.Containers.WaitContainerAsync(container.ID, cancellationToken).ConfigureAwait(false);
        if (ended.StatusCode != 0)
            throw new InvalidOperationException(
                $"The volume {Name} could not be given to {owner}: chown in {image} ended with {ended.StatusCode}."
            );
        await engine
            .Client.Containers.RemoveContainerAsync(
                container.ID,
                new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
