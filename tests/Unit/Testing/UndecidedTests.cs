using Verification.Objectives;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Suites;

public sealed class UndecidedTests
{
    private static readonly UnreachedState State = new("GET /buffs answers 200", TimeSpan.FromSeconds(30), "no answer");
    private static readonly string[] Three = ["a.first", "b.second", "c.third"];

    [Fact]
    public void What_a_state_that_did_not_come_is_charged_to_has_failed_and_of_all_else_nothing_is_known()
    {
        var told = Undecided.After(State, Three, ofAnswers: [], charged: ["b.second"]).ToList();

        Assert.Equal(Three, told.Select(measurement => measurement.Objective));
        Assert.Equal([null, State, null], told.Select(measurement => measurement.Unreached));
        Assert.Equal(["server", "mysql"], told[1].Suspects);
        Assert.Equal(
            "the test ended before it was measured, as b.second failed; not so after 30.0 s: GET /buffs answers 200; seen last: no answer",
            told[0].Diagnosis
        );
    }

    [Fact]
    public void No_answer_is_no_lie()
    {
        var told = Undecided
            .After(State, ["disk-full.lossless", "disk-full.truthful"], ["disk-full.truthful"], charged: ["disk-full.lossless"])
            .ToList();

        Assert.Equal(("disk-full.lossless", State), (told[0].Objective, told[0].Unreached));
        Assert.Null(told[1].Unreached);
        Assert.Equal(
            "nothing was answered that could be held against it; not so after 30.0 s: GET /buffs answers 200; seen last: no answer",
            told[1].Diagnosis
        );
    }

    [Theory]
    [InlineData("restart.recovers", "restart.recovers failed")]
    [InlineData("", "a state did not come")]
    public void What_is_charged_to_none_of_the_test_leaves_all_of_it_unknown(string charged, string why)
    {
        var told = Undecided.After(State, Three, ofAnswers: [], charged.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.All(told, measurement => Assert.Null(measurement.Unreached));
        Assert.All(told, measurement => Assert.Contains($"as {why};", measurement.Diagnosis, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", "a.first")]
    // What only answers say something of is not charged with silence.
    [InlineData("a.first", "", "b.second")]
    [InlineData("a.first b.second c.third", "", "")]
    // What nobody asks for is charged only where there is no other.
    [InlineData("", "a.first b.second", "c.third")]
    [InlineData("", "a.first b.second c.third", "a.first")]
    [InlineData("c.third", "a.first b.second", "a.first")]
    public void The_first_that_can_have_failed_is_charged(string ofAnswers, string unwanted, string charged) =>
        Assert.Equal(
            charged,
            string.Join(' ', Undecided.First(Three, ofAnswers.Split(' '), objective => !unwanted.Split(' ').Contains(objective)))
        );
}
