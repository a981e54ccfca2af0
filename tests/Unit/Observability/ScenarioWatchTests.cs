using System.Globalization;
using System.Text.Json;
using Verification.Objectives;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class ScenarioWatchTests
{
    private static readonly string Config = ProjectRoot.Find().Config;
    private static readonly DateTimeOffset From = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly QueryRange Range = new(From, From.AddSeconds(10), TimeSpan.FromSeconds(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_range_is_asked_for_in_seconds_since_1970()
    {
        var range = new QueryRange(From.AddMilliseconds(250), From.AddMinutes(20), ScenarioWatch.StepOf(TimeSpan.FromMinutes(20)));

        Assert.Equal("start=1795521600.25&end=1795522800&step=2", range.Parameters);
    }

    [Theory]
    [InlineData(0.2, 1.0)]
    [InlineData(600.0, 1.0)]
    [InlineData(601.0, 2.0)]
    [InlineData(3600.0, 6.0)]
    public void A_longer_scenario_has_longer_steps_and_no_more_values(double seconds, double step)
    {
        var range = new QueryRange(From, From.AddSeconds(seconds), ScenarioWatch.StepOf(TimeSpan.FromSeconds(seconds)));

        Assert.Equal(TimeSpan.FromSeconds(step), range.Step);
        Assert.InRange(range.Values, 1, 601);
    }

    [Fact]
    public void An_alert_fires_for_as_long_as_any_of_its_series_does()
    {
        var series = Answered(
            Series("""{"alertname":"RedisNodeDown","severity":"ticket","instance":"redis-node-1"}""", (2, "1"), (3, "1")),
            Series("""{"alertname":"RedisNodeDown","severity":"ticket","instance":"redis-node-2"}""", (3, "1"), (4, "1")),
            Series("""{"alertname":"RedisNodeDown","severity":"ticket","instance":"redis-node-1"}""", (8, "1")),
            Series("""{"alertname":"MySQLDown","severity":"page"}""", (1, "1"))
        );

        var alerts = ScenarioWatch.AlertsOf(series, Range);

        Assert.Equal(["MySQLDown page", "RedisNodeDown ticket"], alerts.Select(alert => $"{alert.Name} {alert.Severity}"));
        Assert.Equal([new FiredSpan(1, 1)], alerts[0].Spans);
        Assert.Equal([new FiredSpan(2, 4), new FiredSpan(8, 8)], alerts[1].Spans);
    }

    [Fact]
    public void Of_very_many_alerts_the_first_are_kept()
    {
        var series = Answered([.. Enumerable.Range(0, 60).Select(number => Series($$"""{"alertname":"Alert{{number}}"}""", (1, "1")))]);

        Assert.Equal(ScenarioWatch.MostAlerts, ScenarioWatch.AlertsOf(series, Range).Count);
    }

    [Fact]
    public void A_line_is_named_as_in_its_dashboard_and_has_a_value_each_step_where_there_is_one()
    {
        var series = Answered(
            Series("""{"code":"503"}""", (2, "0.123456"), (3, "NaN"), (4, "+Inf"), (99, "7")),
            Series("""{"code":"200"}""", (0, "20"), (1.2, "21")),
            Series("""{"code":"404"}""", (5, "NaN"))
        );

        var lines = ScenarioWatch.LinesOf(series, "answered with {{code}}", Range);

        Assert.Equal(["answered with 200", "answered with 503"], lines.Select(line => line.Name));
        Assert.Equal([20, 21, null, null, null, null, null, null, null, null, null], lines[0].Values);
        Assert.Equal([null, null, 0.1235, null, null, null, null, null, null, null, null], lines[1].Values);
    }

    [Fact]
    public void Of_very_many_lines_the_first_are_kept()
    {
        var series = Answered([.. Enumerable.Range(0, 60).Select(number => Series($$"""{"job":"job-{{number}}"}""", (1, "1")))]);

        Assert.Equal(ScenarioWatch.MostLines, ScenarioWatch.LinesOf(series, "{{job}}", Range).Count);
    }

    [Theory]
    [InlineData("global:\n  scrape_interval: 30s\n  scrape_timeout: 30s\nscrape_configs:\n- job_name: a\n  scrape_interval: 1s\n", 1)]
    [InlineData("global:\n  scrape_interval: 1s\n", 30)]
    [InlineData("global:\n  scrape_interval: 1m\n", 1)]
    [InlineData("scrape_configs: []\n", 1)]
    public void In_quick_motion_a_range_is_as_many_scrapes_as_in_production(string configuration, int factor) =>
        Assert.Equal(factor, PrometheusApi.LapseOf(configuration).Factor);

    /// <summary>Whoever gives a panel another title changes it here, too.</summary>
    [Fact]
    public void What_is_asked_for_stands_in_the_dashboards()
    {
        var metrics = TimelineMetric.Read(Config);

        Assert.Equal(6, metrics.Count);
        Assert.All(metrics, metric => Assert.NotEmpty(metric.Queries));
        Assert.Contains(metrics, metric => metric.Queries.Any(query => query.Expression == "sum by (job) (up)"));
    }

    [Fact]
    public async Task All_of_it_is_asked_for_and_can_be_read_again()
    {
        await using var server = await StubPrometheus.StartAsync();
        using var prometheus = new PrometheusApi(server.Address);
        using var folder = new Gate.TemporaryFolder();
        var run = new RunFolder(folder.Path);

        var known = await new ScenarioWatch(prometheus, Config).LookAsync("A.scenario", From, From.AddSeconds(3), Cancellation);
        new CheckFiles(run).Keep(known.Scenario, ScenarioMetrics.Checker, known);

        var read = Assert.Single(ScenarioMetrics.Of(run));
        Assert.Empty(read.Notes);
        Assert.Equal(("A.scenario", From, 1.0), (read.Scenario, read.From, read.StepSeconds));
        Assert.Equal("MySQLDown", Assert.Single(read.Alerts).Name);
        Assert.Equal(6, read.Metrics.Count);
        Assert.Equal([null, 2, 2, null], read.Metrics[^1].Lines[0].Values);
        Assert.Contains(server.Asked, query => query.Contains("[10s]", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Asked, query => query.Contains("[5m]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Prometheus_that_does_not_answer_is_a_note()
    {
        var server = await StubPrometheus.StartAsync();
        using var prometheus = new PrometheusApi(server.Address);
        await server.DisposeAsync();

        var known = await new ScenarioWatch(prometheus, Config).LookAsync("A.scenario", From, From.AddSeconds(3), Cancellation);

        Assert.StartsWith("Prometheus could not be asked for all of it: ", Assert.Single(known.Notes), StringComparison.Ordinal);
        Assert.Empty(known.Metrics);
    }

    [Fact]
    public async Task What_was_had_before_an_answer_that_is_none_stands()
    {
        await using var server = await StubPrometheus.StartAsync(answersMetrics: false);
        using var prometheus = new PrometheusApi(server.Address);

        var known = await new ScenarioWatch(prometheus, Config).LookAsync("A.scenario", From, From.AddSeconds(3), Cancellation);

        Assert.Single(known.Notes);
        Assert.Single(known.Alerts);
    }

    [Fact]
    public void A_file_that_is_none_is_left_out()
    {
        using var folder = new Gate.TemporaryFolder();
        folder.File("checks/metrics-broken-1.json", "{");
        folder.File("checks/metrics-other-1.json", """{"scenario": null, "from": "2026-11-24T12:00:00Z", "stepSeconds": 1}""");

        Assert.Empty(ScenarioMetrics.Of(new RunFolder(folder.Path)));
    }

    private static IReadOnlyList<MetricSeries> Answered(params IReadOnlyList<string> series)
    {
        using var document = JsonDocument.Parse($$"""{"resultType":"matrix","result":[{{string.Join(',', series)}}]}""");
        return MetricSeries.Of(document.RootElement);
    }

    /// <summary>A series as Prometheus writes it.</summary>
    /// <param name="labels">Its labels, as JSON.</param>
    /// <param name="points">Its values, each with the second in which it was so.</param>
    private static string Series(string labels, params IReadOnlyList<(double Second, string Value)> points)
    {
        var values = points.Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"[{From.ToUnixTimeSeconds() + point.Second},\"{point.Value}\"]")
        );
        return $$"""{"metric":{{labels}},"values":[{{string.Join(',', values)}}]}""";
    }
}
