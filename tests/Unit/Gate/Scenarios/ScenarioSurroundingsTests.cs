using System.Globalization;
using Verification.Gate.Reporting;
using Verification.Gate.Reporting.Scenarios;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Scenarios;

/// <summary>What a picture of a scenario has beside its operations and faults: containers, alerts, metrics, lines of logs.</summary>
public sealed class ScenarioSurroundingsTests
{
    private const long Second = 1_000_000_000;
    private const string Kill = "Verification.Tests.Chaos.Brokers.BrokerKillTests.A_killed_broker_is_taken_over";
    private static readonly string[] Markup = ["<b>Down", "<h1>server", "<u>job", "<s>note", "<em>"];
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_engine_told_of_containers_stands_under_the_operations_and_in_words_and_is_no_event_of_the_suite()
    {
        var picture = Assert.Single(
            Drawn([
                .. Workload(100),
                Fault(FaultPhase.Begin, 10),
                Engine("start", "activemq-0", 30),
                Engine("die", "activemq-0", 11, "exit code 137"),
                Engine("die", "server-1", 99.9),
                Engine("kill", "nobody's", 12) with
                {
                    Scenario = null,
                },
                Fault(FaultPhase.Healed, 31),
            ])
        );

        Assert.Empty(picture.Events);
        Assert.Equal(["activemq-0: die (exit code 137), 11 s", "activemq-0: start, 30 s", "server-1: die, 99.9 s"], picture.ContainersTold);
        Assert.Equal(
            [("110", "start", "activemq-0 die"), ("300", "start", "activemq-0 start"), ("999", "end", "server-1 die")],
            picture.Containers.Select(tick => (tick.X, tick.Anchor, tick.Label))
        );
        Assert.Equal(picture.ContainersTold, picture.Containers.Select(tick => tick.Title));
        // Under the operations, above the time axis.
        Assert.All(
            picture.Containers,
            tick => Assert.InRange(Number(tick.Bottom), picture.Baseline + 1, picture.Height - TimelineDrawing.TickLane)
        );
    }

    [Fact]
    public void Names_that_would_lie_upon_each_other_stand_in_rows_and_then_nowhere()
    {
        var picture = Assert.Single(
            Drawn([
                .. Workload(100),
                Fault(FaultPhase.Begin, 10),
                .. Enumerable.Range(0, 5).Select(number => Engine("die", $"redis-node-{number}", 10)),
            ])
        );

        Assert.Equal(["redis-node-0 die", "redis-node-1 die", "redis-node-2 die", "", ""], picture.Containers.Select(tick => tick.Label));
        Assert.Equal(3, picture.Containers.Select(tick => tick.Bottom).Distinct().Count());
    }

    [Fact]
    public void Of_very_many_the_rest_is_told_by_its_number()
    {
        var picture = Assert.Single(
            Drawn([.. Workload(100), Fault(FaultPhase.Begin, 1), .. Enumerable.Range(0, 50).Select(at => Engine("start", "server-1", at))])
        );

        Assert.Equal(ContainerTick.Most, picture.Containers.Count);
        Assert.Equal("and 10 more events of containers", picture.ContainersTold[^1]);
    }

    [Fact]
    public void Alerts_are_bars_from_when_they_fired_to_when_they_did_no_more()
    {
        var picture = Assert.Single(
            Drawn(
                [.. Workload(100), Fault(FaultPhase.Begin, 10)],
                Watched(10) with
                {
                    Alerts =
                    [
                        new FiredAlert("BrokerNotOne", "page", [new(5, 20), new(40, 41)]),
                        new FiredAlert("CauseLately", "none", [new(5, 80)]),
                        new FiredAlert("DeadLetters", "", [new(60, 500)]),
                        new FiredAlert("Before", "page", [new(-30, -20)]),
                    ],
                }
            )
        );

        Assert.Equal(
            [("150", "150", "BrokerNotOne (page)"), ("500", "10", ""), ("700", "300", "DeadLetters")],
            picture.Alerts.Bars.Select(bar => (bar.X, bar.Width, bar.Label))
        );
        Assert.Equal(["BrokerNotOne (page) fired, 15 s to 51 s, 2 times", "DeadLetters fired, 70 s to 100 s"], picture.Alerts.Told);
        Assert.NotEqual(picture.Alerts.Bars[0].Y, picture.Alerts.Bars[2].Y);
        Assert.All(picture.Alerts.Bars, bar => Assert.InRange(Number(bar.Y), picture.Baseline, picture.Height - TimelineDrawing.TickLane));
    }

    [Fact]
    public void Of_very_many_alerts_the_rest_is_told_by_its_number()
    {
        var alerts = Enumerable.Range(0, 20).Select(number => new FiredAlert($"Alert{number}", "page", [new(5, 20)]));
        var picture = Assert.Single(Drawn([.. Workload(100), Fault(FaultPhase.Begin, 10)], Watched(0) with { Alerts = [.. alerts] }));

        Assert.Equal(AlertBars.Most, picture.Alerts.Bars.Count);
        Assert.Equal("and 8 more alerts that fired", picture.Alerts.Told[^1]);
    }

    [Fact]
    public void Metrics_are_lines_on_the_time_axis_of_the_picture_and_broken_where_nothing_is_known()
    {
        var picture = Assert.Single(
            Drawn(
                [.. Workload(100), Fault(FaultPhase.Begin, 10)],
                Watched(10) with
                {
                    StepSeconds = 10,
                    Metrics =
                    [
                        new TimedMetric("POSTs a second, by answer", [new("200", [20, 20, null, 10]), new("503", [0, null, 5])]),
                        new TimedMetric("buffs in the queue", []),
                        new TimedMetric("never", [new("nothing", [null, null])]),
                    ],
                }
            )
        );

        var lane = Assert.Single(picture.Metrics);
        Assert.Equal(("POSTs a second, by answer: 200, 503", "20"), (lane.Title, lane.Highest));
        Assert.Equal(
            [
                ("series-0", "200", "100,26 200,26"),
                ("series-0", "200", "400,43"),
                ("series-1", "503", "100,60"),
                ("series-1", "503", "300,51.5"),
            ],
            lane.Lines.Select(line => (line.Kind, line.Name, line.Points))
        );
        Assert.InRange(picture.MetricsHeight, lane.Bottom, lane.Bottom + 10);
    }

    [Fact]
    public void Of_a_long_line_the_points_are_kept_that_differ_most()
    {
        var values = Enumerable.Repeat((double?)3, 600).ToArray();
        values[301] = 2;
        IReadOnlyList<TimedLine> jobs = [.. Enumerable.Range(0, 20).Select(job => new TimedLine($"job-{job}", values))];
        var picture = Assert.Single(
            Drawn(
                [.. Workload(600), Fault(FaultPhase.Begin, 10)],
                Watched(0) with
                {
                    Metrics = [new TimedMetric("targets that are up, by job", jobs)],
                }
            )
        );

        var lines = Assert.Single(picture.Metrics).Lines;
        Assert.Equal(MetricLanes.MostLines, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Points.Split(' ').Length, 100, MetricLanes.MostPoints));
        Assert.All(lines, line => Assert.Single(line.Points.Split(' '), point => !point.EndsWith(",39.6", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_Prometheus_knew_is_shown_of_a_load_without_a_fault_and_of_a_fault_without_a_load_and_of_nothing_else()
    {
        Assert.Single(Drawn([.. Workload(100)], Watched(0)));
        Assert.Equal(
            "2 operations (2 ok, 0 failed, 0 of unknown outcome); slowest: get 0.2 s, post 0.1 s.",
            Assert.Single(Drawn([.. Workload(2), Fault(FaultPhase.Begin, 10)], Watched(0))).Description
        );
        Assert.Equal(
            "0 operations (0 ok, 0 failed, 0 of unknown outcome).",
            Assert.Single(Drawn([Fault(FaultPhase.Begin, 10)], Watched(0))).Description
        );
        Assert.Empty(Drawn([.. Workload(2)], Watched(0)));
        Assert.Empty(Drawn([.. Workload(2), Fault(FaultPhase.Begin, 10)], Watched(0) with { Scenario = "Another" }));
    }

    [Fact]
    public void Why_something_is_not_there_is_said_once()
    {
        var unasked = Watched(0) with { Notes = ["Prometheus could not be asked for all of it: away"] };

        Assert.Equal(unasked.Notes, Assert.Single(Drawn([.. Workload(100)], unasked, unasked)).Notes);
    }

    [Fact]
    public void All_of_it_is_in_the_report_and_markup_in_it_is_inert()
    {
        using var folder = new TemporaryFolder();
        var run = FixtureRuns.Copy("pass", folder.Path);
        var start = run.Record.StartedAt;
        new CheckFiles(run.Folder).Keep(
            Kill,
            ScenarioMetrics.Checker,
            new ScenarioMetrics(Kill, start, 1)
            {
                Alerts = [new FiredAlert("<b>Down", "page", [new(5, 20)])],
                Metrics = [new TimedMetric("up <i>", [new("<u>job", [1, 0, 1])])],
                Notes = ["<s>note"],
            }
        );
        folder.File(
            "logs/chaos-artemis-pair/server.log",
            $"{start.AddSeconds(12).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'} WARN <em>password=hunter2\n"
        );
        run = run with
        {
            History =
            [
                Anchor(start),
                .. Workload(100),
                Fault(FaultPhase.Begin, 10),
                Engine("die", "<h1>server", 11, "exit code 137"),
                Fault(FaultPhase.Healed, 31),
            ],
        };

        var html = HtmlReport.Render(run);

        Assert.Contains("<rect class=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Down (page) fired, 5 s to 20 s", html, StringComparison.Ordinal);
        Assert.Contains("<line class=\"container\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;h1&gt;server: die (exit code 137), 11 s", html, StringComparison.Ordinal);
        Assert.Contains("<polyline class=\"series-0\"", html, StringComparison.Ordinal);
        Assert.Contains("up &lt;i&gt;: &lt;u&gt;job", html, StringComparison.Ordinal);
        Assert.Contains("&lt;s&gt;note", html, StringComparison.Ordinal);
        Assert.Contains("<time>12 s</time> server WARN &lt;em&gt;password=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", html, StringComparison.Ordinal);
        Assert.All(Markup, markup => Assert.DoesNotContain(markup, html, StringComparison.Ordinal));
        Assert.Equal(html, HtmlReport.Render(run));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IReadOnlyList<ScenarioPicture> Drawn(IEnumerable<HistoryLine> lines, params IReadOnlyList<ScenarioMetrics> watched) =>
        ScenarioPicture.Of([Anchor(Start), .. lines], Start, watched, logs: null);

    private static ScenarioMetrics Watched(double from) => new(Kill, Start.AddSeconds(from), 1);

    private static HistoryLine Anchor(DateTimeOffset at) =>
        new()
        {
            Kind = HistoryKind.Anchor,
            Process = "suite",
            Name = "anchor",
            Invoke = 0,
            Detail = $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}",
        };

    /// <summary>Operations, one a second, GET and POST in turn, from the start to the last second.</summary>
    private static IEnumerable<HistoryLine> Workload(int operations) =>
        Enumerable
            .Range(0, operations)
            .Select(number =>
            {
                var begin = HistoryLine.Invocation("client-1", number % 2 == 0 ? "get" : "post", "server", "m", number * Second);
                return begin.Ended(Outcome.Ok, "200", begin.Invoke + (number % 2 == 0 ? Second / 5 : Second / 10)) with { Scenario = Kill };
            });

    private static HistoryLine Fault(FaultPhase phase, long at) =>
        HistoryLine.Fault("kill", "activemq-0", "kill-1", phase, at * Second) with
        {
            Scenario = Kill,
        };

    private static HistoryLine Engine(string name, string instance, double at, string? detail = null) =>
        HistoryLine.OfEngine(name, instance, (long)(at * Second), detail) with
        {
            Scenario = Kill,
        };
}
