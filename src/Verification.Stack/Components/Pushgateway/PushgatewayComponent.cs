using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Pushgateway;

/// <summary>Keeps what a run of the suite has told of itself (<c>metrics.prom</c>), until Prometheus asks.</summary>
internal sealed class PushgatewayComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9091;

    /// <inheritdoc />
    public override Role Role => WatchingRole.Pushgateway;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/-/ready";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) => builder;
}
