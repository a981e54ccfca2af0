namespace Verification.Tests.Observability.Scraping;

public sealed class MetricTests(PlatformFixture platform) : AskedScenario(platform)
{
    /// <summary>A rule on a metric that nobody tells never fires, and looks like health; an autoscaler by one takes it for an empty
    /// queue.</summary>
    [Fact]
    [Objective("metrics.exist")]
    public async Task Every_metric_that_a_rule_or_an_autoscaler_names_is_there_with_the_labels_it_asks_for()
    {
        RequireBrokerMetrics();
        var rules = await Watch.Prometheus.RulesAsync(Cancellation);
        var selectors = new Dictionary<string, string>(StringComparer.Ordinal);
        var elsewhere = ToldElsewhere();
        foreach (var rule in rules.Where(rule => !elsewhere.Contains(rule.Name)))
        {
            foreach (var selector in (await Watch.Prometheus.SelectorsAsync(rule.Expression, Cancellation)).Where(IsTold))
                selectors.TryAdd(selector, rule.Name);
        }

        foreach (var query in Scaling())
        {
            selectors.TryAdd(query.Expression, $"what scales the {query.Release}");
            foreach (var selector in await Watch.Prometheus.SelectorsAsync(query.Expression, Cancellation))
                selectors.TryAdd(selector, $"what scales the {query.Release}");
        }

        var missing = await UnansweredAsync(selectors);

        var unloaded = AlertFiles
            .Read(Config)
            .Concat(AlertFiles.ReadBudgets(Config))
            .Where(rule => IsLoaded(rule.File))
            .Select(rule => rule.Name)
            .Except(rules.Select(rule => rule.Name))
            .Select(rule => $"{rule} is not loaded");
        var broken = rules.Where(rule => rule.LastError.Length > 0).Select(rule => $"{rule.Name}: {rule.LastError}");
        Decide(Measurement.OfDeviations("metrics.exist", [.. missing, .. unloaded, .. broken], selectors.Count));
    }

    // Of a broker that tells no metrics HAProxy tells alone.
    private bool IsTold(string selector) =>
        Stack.Description.Broker == BrokerKind.Artemis || !selector.Contains("job=\"broker\"", StringComparison.Ordinal);

    /// <summary>It goes by the queue, of which Artemis alone tells.</summary>
    private IReadOnlyList<ScalingQuery> Scaling() =>
        Stack.Description.Broker == BrokerKind.Artemis ? ScalingQuery.Of(Path.GetDirectoryName(Config)!) : [];

    private bool IsLoaded(string file) =>
        file switch
        {
            "artemis.yaml" => Stack.Description.Broker == BrokerKind.Artemis,
            "cluster.yaml" or "logging.yaml" => !IsOfOthers(file),
            _ => true,
        };
}
