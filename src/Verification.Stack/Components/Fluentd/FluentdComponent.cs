using System.Globalization;
using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Elasticsearch;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.NodeLogs;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Fluentd;

/// <summary>Fluentd with the pipeline of <c>config/logging/fluentd/</c>, on the files of a node.</summary>
internal sealed class FluentdComponent : WatchingComponent
{
    /// <summary>Its port inside, for Prometheus.</summary>
    public const int ListensOn = 24231;

    private const string Pipeline = "fluent.conf";

    /// <inheritdoc />
    public override Role Role => LoggingRole.Fluentd;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/metrics";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        var folder = Path.Combine(around.Root.Config, "logging", Name);
        builder = builder
            .WithEnvironment("FLUENT_ELASTICSEARCH_HOST", around.HostOf(LoggingRole.Elasticsearch))
            .WithEnvironment("FLUENT_ELASTICSEARCH_PORT", ElasticsearchComponent.ListensOn.ToString(CultureInfo.InvariantCulture))
            .WithCreateParameterModifier(parameters => NodeLogsComponent.Read(parameters, around.HostOf(LoggingRole.NodeLogs)))
            .WithResourceMapping(File.ReadAllBytes(Path.Combine(folder, Pipeline)), $"/fluentd/etc/{Pipeline}");
        return Directory
            .EnumerateFiles(folder, "*.rb")
            .Aggregate(
                builder,
                (next, plugin) => next.WithResourceMapping(File.ReadAllBytes(plugin), $"/fluentd/plugins/{Path.GetFileName(plugin)}")
            );
    }
}
