namespace Verification.Tests.Observability.Scraping;

public sealed class DashboardTests(PlatformFixture platform) : AskedScenario(platform)
{
    /// <summary>What is made up for where nothing is told (<c>or vector(0)</c>) looks like health: so the metrics of a query are asked for
    /// by themselves, too. A panel of what this platform does not have shows nothing.</summary>
    [Fact]
    [Objective("dashboards.answer")]
    public async Task Every_query_of_a_dashboard_shows_something_and_so_does_every_metric_in_it()
    {
        RequireBrokerMetrics();
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var board in Dashboard.Read(Config))
        {
            foreach (
                var (panel, query) in board.Panels.SelectMany(panel =>
                    panel.Queries.Select(query => ($"{board.Uid}, {panel.Title},", query))
                )
            )
            {
                var selectors = await Watch.Prometheus.SelectorsAsync(query.Expression, Cancellation);
                if (selectors.Any(IsToldElsewhere))
                    continue;
                asked.TryAdd(query.Expression, panel);
                foreach (var selector in selectors)
                    asked.TryAdd(selector, panel);
            }
        }

        Decide(Measurement.OfDeviations("dashboards.answer", await UnansweredAsync(asked), asked.Count));
    }
}
