using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class ScenarioPictureTests
{
    private const long Second = 1_000_000_000;
    private const string Kill = "Verification.Tests.Chaos.Brokers.BrokerKillTests.A_killed_broker_is_taken_over";
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_scenario_with_a_fault_under_a_workload_has_one_in_its_order()
    {
        HistoryLine[] history =
        [
            .. Workload("Space.Class.Without_a_fault", 0),
            .. Workload("Space.Class.Comes_second", 50).Append(Fault("Space.Class.Comes_second", FaultPhase.Begin, 60)),
            .. Workload(Kill, 20).Append(Fault(Kill, FaultPhase.Begin, 25)),
            Fault("Space.Class.Without_a_workload", FaultPhase.Begin, 80),
            .. Workload(null, 90).Append(Fault(null, FaultPhase.Begin, 95)),
        ];

        Assert.Equal(["A killed broker is taken over", "Comes second"], Drawn(history).Select(picture => picture.Name));
    }

    [Fact]
    public void It_shows_its_own_operations_faults_and_events_and_leaves_out_what_frames_it()
    {
        var picture = Assert.Single(
            Drawn([
                .. Workload(Kill, 0),
                Event(Kill, "begin", 0),
                Fault(Kill, FaultPhase.Begin, 10),
                Event(Kill, "active-broker", 12, "activemq-1"),
                Fault(Kill, FaultPhase.Healed, 30),
                Event("Another", "promoted", 14, "mysql-1"),
                Event(Kill, "end", 99),
            ])
        );

        Assert.Equal(["kill activemq-0, 10 s to 30 s", "1: active-broker activemq-1, 12 s"], picture.Told);
        Assert.Equal("kill activemq-0", Assert.Single(picture.Faults).Label);
        Assert.Equal(("1", "120"), (Assert.Single(picture.Events).Label, picture.Events[0].X));
        Assert.Equal("100 operations (99 ok, 1 failed, 0 of unknown outcome); slowest: get 0.2 s, post 4 s.", picture.Description);
        Assert.Equal(
            100,
            picture.Operations.Sum(block => int.Parse(block.Title.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void The_slowest_answer_reaches_to_the_top_and_the_others_are_drawn_to_its_scale()
    {
        var picture = Assert.Single(Drawn([.. Workload(Kill, 0), Fault(Kill, FaultPhase.Begin, 10)]));

        var (get, post) = (Heights(picture, "get"), Heights(picture, "post"));
        Assert.Equal("4 s", picture.Slowest);
        Assert.Equal(picture.LatencyBaseline - 78, post.Min());
        Assert.Equal(picture.LatencyBaseline - 78 * 0.2 / 4, get.Min(), 0.01);
    }

    [Fact]
    public void Of_very_many_events_the_rest_is_told_by_its_number()
    {
        var picture = Assert.Single(
            Drawn([
                .. Workload(Kill, 0),
                Fault(Kill, FaultPhase.Begin, 1),
                .. Enumerable.Range(2, 50).Select(at => Event(Kill, "start", at, "server")),
            ])
        );

        Assert.Equal(40, picture.Events.Count);
        Assert.Equal("and 10 more events", picture.Told[^1]);
    }

    [Fact]
    public void A_history_without_faults_is_read_once_and_another_twice()
    {
        var readings = 0;
        IEnumerable<HistoryLine> History(bool withFault)
        {
            readings++;
            foreach (var line in Workload(Kill, 0))
                yield return line;
            if (withFault)
                yield return Fault(Kill, FaultPhase.Begin, 5);
        }

        Assert.Empty(ScenarioPicture.Of(History(withFault: false), Start));
        Assert.Equal(1, readings);
        Assert.Single(ScenarioPicture.Of(History(withFault: true), Start));
        Assert.Equal(3, readings);
    }

    private static IReadOnlyList<double> Heights(ScenarioPicture picture, string name) =>
        [
            .. picture
                .Latencies.Single(line => line.Name == name)
                .Points.Split(' ')
                .Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)),
        ];

    private static IReadOnlyList<ScenarioPicture> Drawn(IEnumerable<HistoryLine> lines) =>
        ScenarioPicture.Of(
            [
                new HistoryLine
                {
                    Kind = HistoryKind.Anchor,
                    Process = "suite",
                    Name = "anchor",
                    Invoke = 0,
                    Detail = $"{Start:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}",
                },
                .. lines,
            ],
            Start
        );

    /// <summary>A hundred operations, one a second, GET and POST in turn; one POST fails after 4 s.</summary>
    private static IEnumerable<HistoryLine> Workload(string? scenario, long from) =>
        Enumerable
            .Range(0, 100)
            .Select(number =>
            {
                var begin = HistoryLine.Invocation("client-1", number % 2 == 0 ? "get" : "post", "server", "m", (from + number) * Second);
                var took =
                    number % 2 == 0 ? Second / 5
                    : number == 11 ? 4 * Second
                    : Second / 10;
                return begin.Ended(number == 11 ? Outcome.Fail : Outcome.Ok, "200", begin.Invoke + took) with { Scenario = scenario };
            });

    private static HistoryLine Fault(string? scenario, FaultPhase phase, long at) =>
        HistoryLine.Fault("kill", "activemq-0", "kill-1", phase, at * Second) with
        {
            Scenario = scenario,
        };

    private static HistoryLine Event(string scenario, string name, long at, string? instance = null) =>
        HistoryLine.Event(name, instance, at * Second) with
        {
            Scenario = scenario,
        };
}
