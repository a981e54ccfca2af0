using Verification.Objectives;
using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class LostBuffsTests
{
    private static readonly HistoryLine[] Posts = [Acked("a", 1_000_000_000), Acked("b", 4_000_000_000), Acked("c", 5_500_000_000)];

    [Fact]
    public void The_oldest_lost_buff_tells_how_far_back_the_accident_reaches() =>
        Assert.Equal(3, LostBuffs.SecondsBefore(7_000_000_000, Account("b", "c"), Posts));

    [Fact]
    public void Where_nothing_was_lost_it_reaches_nowhere() => Assert.Equal(0, LostBuffs.SecondsBefore(7_000_000_000, Account(), Posts));

    [Fact]
    public void What_was_acknowledged_after_it_is_no_past() => Assert.Equal(0, LostBuffs.SecondsBefore(5_000_000_000, Account("c"), Posts));

    private static HistoryLine Acked(string marker, long at) =>
        HistoryLine.Invocation("client", "post", "dashboard", marker, at - 1_000_000).Ended(Outcome.Ok, "200", at);

    private static LedgerResult Account(params string[] lost) => new(3, lost, [], [], [], []);
}
