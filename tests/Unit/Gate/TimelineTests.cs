using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class TimelineTests
{
    private const long Second = 1_000_000_000;
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Operations_stand_in_the_slice_in_which_they_began_and_end_at_their_outcome()
    {
        var timeline = Drawn([Post(0, Outcome.Ok), Post(0, Outcome.Fail), Post(60, Outcome.Ok), Post(125, Outcome.Info)]);

        Assert.Equal(
            ["1 ok, 0 s to 1 s", "1 fail, 0 s to 1 s", "1 ok, 60 s to 61 s", "1 info, 124 s to 125 s"],
            timeline.Operations.Select(block => block.Title)
        );
        Assert.Equal(
            "4 operations (2 ok, 1 failed, 1 of unknown outcome) and 0 faults between 0 s and 125 s after the start.",
            timeline.Description
        );
    }

    [Fact]
    public void An_operation_whose_end_was_not_recorded_is_of_unknown_outcome()
    {
        var begun = HistoryLine.Invocation("client-1", "post", "dashboard", "m", 2 * Second);

        Assert.StartsWith(
            "2 operations (1 ok, 0 failed, 1 of unknown outcome)",
            Drawn([begun, begun with { Process = "client-2" }, begun.Ended(Outcome.Ok, "200", 3 * Second)]).Description,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_fault_lasts_from_its_begin_to_its_healing_and_to_the_end_where_it_did_not_heal()
    {
        var timeline = Drawn([
            Post(0, Outcome.Ok),
            Fault("kill-1", FaultPhase.Begin, 10),
            Fault("kill-1", FaultPhase.Effect, 11),
            Fault("kill-2", FaultPhase.Begin, 20),
            Fault("kill-1", FaultPhase.Healed, 30),
            Post(99, Outcome.Ok),
        ]);

        Assert.Equal(["kill mysql, 10 s to 30 s", "kill mysql, 20 s to 99 s"], timeline.Faults.Select(block => block.Title));
    }

    [Fact]
    public void Times_count_from_the_start_of_the_run_and_not_from_the_anchor() =>
        Assert.EndsWith(
            "between 40 s and 43 s after the start.",
            Drawn([Post(0, Outcome.Ok), Post(2.5, Outcome.Ok)], anchor: Start.AddSeconds(40)).Description,
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_operations_and_faults_there_is_no_picture()
    {
        Assert.Null(Timeline.Of([], Start));
        Assert.Null(Timeline.Of([Anchor(Start), HistoryLine.Event("reset", null, 5)], Start));
    }

    [Fact]
    public void A_history_is_read_twice_and_never_held()
    {
        var (readings, held) = (0, 0);
        IEnumerable<HistoryLine> History()
        {
            readings++;
            yield return Anchor(Start);
            var first = Weakly(Post(0, Outcome.Ok), out var line);
            yield return line();
            for (var number = 1; number < 10_000; number++)
                yield return Post(number / 10.0, Outcome.Ok);
            GC.Collect();
            held += first.IsAlive ? 1 : 0;
        }

        var timeline = Timeline.Of(History(), Start)!;

        Assert.Equal((2, 0), (readings, held));
        Assert.Equal(125, timeline.Operations.Count);
        Assert.StartsWith("10000 operations (10000 ok", timeline.Description, StringComparison.Ordinal);
    }

    /// <summary>A line that can be had once, and whether anybody else holds it.</summary>
    private static WeakReference Weakly(HistoryLine line, out Func<HistoryLine> once)
    {
        var left = new Stack<HistoryLine>([line]);
        once = left.Pop;
        return new WeakReference(line);
    }

    private static Timeline Drawn(IReadOnlyList<HistoryLine> lines, DateTimeOffset? anchor = null) =>
        Timeline.Of([Anchor(anchor ?? Start), .. lines], Start)!;

    private static HistoryLine Anchor(DateTimeOffset wall) =>
        new()
        {
            Kind = HistoryKind.Anchor,
            Process = "suite",
            Name = "anchor",
            Invoke = 0,
            Detail = $"{wall:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}",
        };

    private static HistoryLine Post(double at, Outcome outcome) =>
        HistoryLine.Invocation("client-1", "post", "dashboard", "m", (long)(at * Second)).Ended(outcome, "200", (long)(at * Second));

    private static HistoryLine Fault(string id, FaultPhase phase, long at) => HistoryLine.Fault("kill", "mysql", id, phase, at * Second);
}
