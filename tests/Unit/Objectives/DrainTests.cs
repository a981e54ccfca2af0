using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>How a queue runs empty, over histories written by hand and at random. Times are in ms.</summary>
public sealed class DrainTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void The_first_look_that_finds_the_queue_empty_tells_how_long_it_took()
    {
        var drain = Check(100, Look(50, 0), Look(100, 7), Look(150, 9), Look(400, 0), Look(450, 2));

        Assert.Equal(TimeSpan.FromMilliseconds(301), drain.Time);
        Assert.Equal((3, 9, 0), (drain.Looks, drain.Deepest, drain.Left));
        Assert.Equal(TimeSpan.FromMilliseconds(250), drain.Resolution);
        Assert.Equal("after 0.30 s, with 9 messages at most", drain.Diagnosis);
    }

    [Fact]
    public void A_queue_that_is_never_found_empty_has_not_drained()
    {
        var drain = Check(0, Look(50, 7), Look(100, 3));

        Assert.Null(drain.Time);
        Assert.Equal("not at 2 looks, 3 messages were left at the last", drain.Diagnosis);
    }

    [Fact]
    public void Where_nobody_has_looked_nothing_is_known()
    {
        var drain = Check(100, Look(50, 0), Look(200, 0) with { Name = "rows" }, Look(200, 0) with { Kind = HistoryKind.Event });

        Assert.Equal((null, 0), (drain.Time, drain.Looks));
    }

    [Fact]
    public void A_queue_in_which_something_always_waits_is_never_told_to_have_drained() =>
        Depths(1).Sample(depths => Assert.Null(Check(0, HistoryOf(depths)).Time));

    [Fact]
    public void An_empty_queue_is_always_found() =>
        Gen.Select(Depths(1), Depths(0))
            .Sample(
                (before, behind) =>
                {
                    var drain = Check(0, HistoryOf([.. before, 0, .. behind]));

                    Assert.Equal(TimeSpan.FromMilliseconds((before.Length * 10) + 1), drain.Time);
                    Assert.Equal((before.Length + 1, before.Max()), (drain.Looks, drain.Deepest));
                }
            );

    /// <summary>How many messages each look finds.</summary>
    private static Gen<int[]> Depths(int least) => Gen.Int[least, 50].Array[1, 40];

    /// <summary>Somebody looks each 10 ms.</summary>
    private static HistoryLine[] HistoryOf(int[] depths) => [.. depths.Select((depth, index) => Look(index * 10, depth))];

    private static DrainResult Check(long since, params HistoryLine[] history) => Drain.Check(history, since * Millisecond);

    private static HistoryLine Look(long invoke, long count) =>
        HistoryLine.Observation(Drain.Look, "broker", invoke * Millisecond, (invoke + 1) * Millisecond, count);
}
