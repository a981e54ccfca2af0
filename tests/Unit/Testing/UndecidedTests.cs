using Verification.Objectives;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Suites;

public sealed class UndecidedTests
{
    [Fact]
    public void A_state_that_did_not_come_is_a_failure_but_no_lie()
    {
        var state = new UnreachedState("GET /buffs answers 200", TimeSpan.FromSeconds(30), "no answer");

        var told = Undecided.After(state, ["disk-full.lossless", "disk-full.truthful"], ["disk-full.truthful"]).ToList();

        Assert.Equal(("disk-full.lossless", state), (told[0].Objective, told[0].Unreached));
        Assert.Equal(["server", "mysql"], told[0].Suspects);
        Assert.Null(told[1].Unreached);
        Assert.Equal(
            "nothing was answered that could be held against it; not so after 30.0 s: GET /buffs answers 200; seen last: no answer",
            told[1].Diagnosis
        );
    }
}
