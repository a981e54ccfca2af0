using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class TruthfulnessTests
{
    [Fact]
    public void A_list_with_fewer_buffs_than_there_are_is_a_lie_and_an_error_is_none()
    {
        var truth = Truthfulness.Check(
            [Get(1, Outcome.Ok, 100), Get(2, Outcome.Ok, 99), Get(3, Outcome.Fail, null), Get(4, Outcome.Ok, 101), Get(5, Outcome.Ok, 0)],
            atLeast: 100
        );

        Assert.Equal(5, truth.Listings);
        Assert.Equal(["server listed 99 buffs, there were 100 at least", "server listed 0 buffs, there were 100 at least"], truth.Lies);
    }

    [Fact]
    public void An_answer_of_200_that_is_no_list_is_a_lie() =>
        Assert.Equal(["server answered 200 with what is no list"], Truthfulness.Check([Get(1, Outcome.Ok, null)], atLeast: 0).Lies);

    [Fact]
    public void What_was_listed_before_does_not_count() =>
        Assert.Equal(1, Truthfulness.Check([Get(1, Outcome.Ok, 0), Get(2, Outcome.Ok, 5)], atLeast: 5, since: 2).Listings);

    private static HistoryLine Get(long at, Outcome outcome, long? count) =>
        HistoryLine.Invocation("client", "get", "server", null, at).Ended(outcome, outcome == Outcome.Ok ? "200" : "503", at, count);
}
