using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Logging;
using Verification.Stack.NodeLogs;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.NodeLogs;

/// <summary>The files of a node in which the kubelet keeps what containers write: a volume, and a program through which they are written
/// (<see cref="LogFollower"/>).</summary>
internal sealed class NodeLogsComponent : Component
{
    /// <inheritdoc />
    public override string Name => Role.Name;

    /// <inheritdoc />
    public override Role Role => LoggingRole.NodeLogs;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [];

    /// <summary>Lets a container that is about to be created read the files of an instance.</summary>
    /// <param name="parameters">The container.</param>
    /// <param name="instance">Name of the instance.</param>
    public static void Read(CreateContainerParameters parameters, string instance)
    {
        parameters.HostConfig ??= new HostConfig();
        parameters.HostConfig.VolumesFrom = [$"{InstancePlace.ContainerOf(parameters.Labels.AsReadOnly(), instance)}:ro"];
    }

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var ready = new UntilAnswers("runs", _ => Task.CompletedTask);
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithCommand("sleep", "infinity")
            // A volume without a name goes with its container.
            .WithCreateParameterModifier(parameters =>
                parameters.Volumes = new Dictionary<string, EmptyStruct>(StringComparer.Ordinal) { [KubeletFile.Folder] = default }
            )
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
