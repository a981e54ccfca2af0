using System.Net.Http.Headers;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Elasticsearch;

/// <summary>One node of Elasticsearch with the templates of <c>config/logging/elasticsearch/</c>. What needs x-pack (lifecycle policies,
/// security) is production's alone.</summary>
internal sealed class ElasticsearchComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9200;

    // By the data stream that each is for.
    private static readonly (string Stream, string File)[] Templates =
    [
        ("platform-logs", "logs-template.json"),
        ("platform-refused", "refused-template.json"),
    ];

    /// <inheritdoc />
    public override Role Role => LoggingRole.Elasticsearch;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/_cluster/health?wait_for_status=yellow&timeout=1s";

    private protected override string ReadyState => $"{base.ReadyState}, and has its templates";

    /// <summary>What is written before there is a template would have other types.</summary>
    private protected override async Task AskAsync(IContainer container, HttpClient http, Uri address, Surroundings around)
    {
        await base.AskAsync(container, http, address, around).ConfigureAwait(false);
        foreach (var (stream, file) in Templates)
        {
            using var content = new ByteArrayContent(
                await File.ReadAllBytesAsync(Path.Combine(around.Root.Config, "logging", Name, file)).ConfigureAwait(false)
            );
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PutAsync(new Uri(address, $"/_index_template/{stream}"), content).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException(
                    $"it does not take config/logging/{Name}/{file}: {await answer.Content.ReadAsStringAsync().ConfigureAwait(false)}"
                );
        }
    }

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) =>
        builder
            .WithEnvironment("discovery.type", "single-node")
            .WithEnvironment("xpack.security.enabled", "false")
            // Its disk is the engine's. It does not look at it, and so takes no block away that a scenario has set.
            .WithEnvironment("cluster.routing.allocation.disk.threshold_enabled", "false")
            .WithEnvironment("cluster.info.update.interval", "24h")
            // The templates come before any index: one that is made without them is a fault.
            .WithEnvironment("action.auto_create_index", string.Join(',', Templates.Select(template => $"+{template.Stream}")))
            .WithEnvironment("ES_JAVA_OPTS", "-Xms256m -Xmx256m");
}
