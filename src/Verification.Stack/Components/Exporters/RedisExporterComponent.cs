using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Exporters;

/// <summary>The exporter of Redis: one for all nodes, it asks the one that Prometheus names.</summary>
internal sealed class RedisExporterComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9121;

    /// <inheritdoc />
    public override Role Role => WatchingRole.RedisExporter;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/health";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) =>
        builder
            .WithEnvironment("REDIS_PASSWORD", new RedisCredentials(around.Secrets).Password)
            // It scrapes what it is told to, and nothing by itself.
            .WithEnvironment("REDIS_ADDR", string.Empty);
}
