using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Netfilter;

/// <summary>An idle container of the image by which instances are cut off from each other: it belongs to the stack, so that its image is
/// there and stands in every verdict.</summary>
internal sealed class NetfilterComponent : Component
{
    /// <summary>Its role, which the contract of the system under test doesn't know.</summary>
    public static readonly Role Helper = new("netfilter");

    /// <inheritdoc />
    public override string Name => Helper.Name;

    /// <inheritdoc />
    public override Role Role => Helper;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [];

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var ready = new UntilAnswers("runs", _ => Task.CompletedTask);
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
