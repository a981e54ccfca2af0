using Verification.Objectives;
using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class LostBuffsTests
{
    private static readonly HistoryLine[] Posts = [Acked("a", 1_000_000_000), Acked("b", 4_000_000_000), Acked("c", 5_500_000_000)];

    [Fact]
    public void The_oldest_lost_buff_tells_how_far_back_the_accident_reaches() => Assert.Equal(3, PointOf(7_000_000_000, "b", "c"));

    [Fact]
    public void Where_nothing_was_lost_it_reaches_nowhere() => Assert.Equal(0, PointOf(7_000_000_000));

    [Fact]
    public void What_was_acknowledged_after_it_is_no_past() => Assert.Equal(0, PointOf(5_000_000_000, "c"));

    [Fact]
    public void Each_lost_buff_is_named_with_its_age() =>
        Assert.Equal([new LostBuff("b", 3), new LostBuff("c", 1.5)], LostBuffs.Before(7_000_000_000, Account("c", "b"), Posts));

    /// <summary>A buff that was acknowledged twice is as old as its first answer.</summary>
    [Fact]
    public void A_buff_is_named_once() =>
        Assert.Equal([new LostBuff("a", 6)], LostBuffs.Before(7_000_000_000, Account("a"), [.. Posts, Acked("a", 6_500_000_000)]));

    [Fact]
    public void What_was_buried_did_not_come_back_either() =>
        Assert.Equal([new LostBuff("a", 6)], LostBuffs.Before(7_000_000_000, new LedgerResult(3, [], ["a"], [], [], []), Posts));

    [Fact]
    public void A_sentence_names_the_oldest_five()
    {
        LostBuff[] lost = [.. Enumerable.Range(0, 7).Select(number => new LostBuff($"{number}", 7 - number))];

        Assert.EndsWith(
            ": '0' 7.000 s, '1' 6.000 s, '2' 5.000 s, '3' 4.000 s, '4' 3.000 s and 2 later ones",
            LostBuffs.Name(lost),
            StringComparison.Ordinal
        );
        Assert.EndsWith("'6' 1.000 s", LostBuffs.Name(lost[6..]), StringComparison.Ordinal);
        Assert.Empty(LostBuffs.Name([]));
    }

    private static double PointOf(long accident, params string[] lost) =>
        LostBuffs.PointOf(LostBuffs.Before(accident, Account(lost), Posts));

    private static HistoryLine Acked(string marker, long at) =>
        HistoryLine.Invocation("client", "post", "dashboard", marker, at - 1_000_000).Ended(Outcome.Ok, "200", at);

    private static LedgerResult Account(params string[] lost) => new(3, lost, [], [], [], []);
}
