using Verification.Stack.Components.Logging;
using Verification.Stack.Components.Watching;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Scraping;

public sealed class TargetTests(PlatformFixture platform) : WatchedScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The exporters are scraped through what they tell of their component: one that can't ask it fails its scrape.</summary>
    [Fact]
    [Objective("targets.up")]
    public async Task Every_instance_of_the_platform_is_scraped()
    {
        RequireBrokerMetrics();
        // The exporters stand for their components and are no targets themselves; pager, Elasticsearch and a node's files tell no metrics.
        var watched = Stack.Description.Instances.Where(instance => !IsBetween(instance.Role)).Select(instance => instance.Name).ToList();
        IReadOnlyList<ScrapeTarget> targets = [];
        try
        {
            await Eventually.IsTrueAsync(
                "every target was scraped, and well",
                Patience,
                async ct =>
                    (targets = await Watch.Prometheus.TargetsAsync(ct)).All(target => target.IsUp) && !Unwatched(watched, targets).Any(),
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is not up is counted.
        }

        Decide(
            Measurement.OfDeviations(
                "targets.up",
                [
                    .. targets.Where(target => !target.IsUp).Select(target => $"{target}"),
                    .. Unwatched(watched, targets).Select(name => $"{name} is no target"),
                ],
                watched.Union(targets.Select(target => target.Instance)).Count()
            )
        );
    }

    private static IEnumerable<string> Unwatched(IEnumerable<string> watched, IEnumerable<ScrapeTarget> targets) =>
        watched.Except(targets.Select(target => target.Instance));

    private bool IsBetween(Role role) =>
        role == WatchingRole.MySqlExporter
        || role == WatchingRole.RedisExporter
        || role == WatchingRole.BlackboxExporter
        || role == WatchingRole.Pager
        || role == LoggingRole.Elasticsearch
        || role == LoggingRole.NodeLogs
        || (role == InstanceRole.Broker && Stack.Description.Broker != BrokerKind.Artemis);
}
