using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Stack.Additions;
using Verification.Stack.Runs;

namespace Verification.Stack.Components;

/// <summary>Where an instance of the stack goes: its name, its network, its labels, its host ports.</summary>
/// <param name="Name">Name and network alias.</param>
/// <param name="Network">The stack's network.</param>
/// <param name="Labels">Labels of the run.</param>
/// <param name="Ports">Host port of each inside port.</param>
internal sealed record InstancePlace(
    string Name,
    INetwork Network,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<int, int> Ports
)
{
    /// <summary>Where its host ports are, and nowhere else.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The volume on which several instances have their data; null for an instance with data of its own.</summary>
    public SharedVolume? Shared { get; init; }

    /// <summary>Names in the network under which its clients find what stands before it.</summary>
    public IReadOnlyList<string> FrontNames { get; init; } = [];

    /// <summary>What a scenario that adds the instance wants otherwise; null for an instance of the stack itself.</summary>
    public Addition? Addition { get; init; }

    /// <summary>What the container of an instance is called in the engine.</summary>
    /// <param name="labels">Labels of the run.</param>
    /// <param name="instance">Name of the instance.</param>
    public static string ContainerOf(IReadOnlyDictionary<string, string> labels, string instance) =>
        $"{RunLabels.NameOf(labels)}-{instance}";

    /// <summary>Puts any builder's container into this place: loopback only, labelled, with the ports chosen before.</summary>
    public TBuilder Apply<TBuilder, TContainer, TConfiguration>(IContainerBuilder<TBuilder, TContainer, TConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, TConfiguration>
        where TContainer : IContainer
        where TConfiguration : IContainerConfiguration
    {
        var placed = builder
            .WithLogger(NullLogger.Instance)
            .WithName(ContainerOf(Labels, Name))
            .WithLabel(new Dictionary<string, string>(Labels) { [RunLabels.Instance] = Name })
            .WithNetwork(Network)
            .WithNetworkAliases(Name)
            .WithCreateParameterModifier(BindLoopback);
        placed = Ports.Aggregate(placed, (next, port) => next.WithPortBinding(port.Value, port.Key));
        if (Shared is not null)
            placed = placed.WithCreateParameterModifier(Shared.Mount);
        return Addition is null
            ? placed
            : Addition.Files.Aggregate(
                placed.WithCreateParameterModifier(Addition.Adjust),
                (next, file) => next.WithResourceMapping(file.Value, FilePath.Of(file.Key))
            );
    }

    private static void BindLoopback(CreateContainerParameters parameters)
    {
        foreach (
            var binding in (parameters.HostConfig?.PortBindings ?? new Dictionary<string, IList<PortBinding>>()).Values.SelectMany(
                bindings => bindings
            )
        )
            binding.HostIP = Loopback;
    }
}
