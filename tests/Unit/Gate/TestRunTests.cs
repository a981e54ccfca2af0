using Verification.Gate.Runs;
using Verification.Gate.Stages;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class TestRunTests
{
    [Fact]
    public void What_failed_and_what_broke_is_told_once_more_at_the_end()
    {
        var stage = new Stage("chaos", "artemis", "ha");
        var record = StageRecord.Of(stage) with { Reason = "out of time\nafter 3 min", Errors = ["its fixture: no disk"] };

        var faults = TestRun.FaultsOf([
            new StageOutcome(StageRecord.Of(new Stage("unit")), [Test("A.Passes", TestOutcome.Passed, null)]),
            new StageOutcome(
                record,
                [
                    Test("A.B.Loses_a_buff", TestOutcome.Failed, "1 of 40 lost\n at line 3"),
                    Test("A.B.Is_not_asked", TestOutcome.Skipped, "not asked"),
                    Test("A.B.Says_nothing", TestOutcome.Failed, null),
                ]
            ),
        ]);

        Assert.Equal(
            [
                $"FAIL {stage.Name}: Loses a buff: 1 of 40 lost",
                $"FAIL {stage.Name}: Says nothing: no message",
                $"BROKEN {stage.Name}: out of time",
                $"BROKEN {stage.Name}: its fixture: no disk",
            ],
            faults
        );

        TestRecord Test(string name, TestOutcome outcome, string? message) => new(name, stage.Name, outcome, 0, [], message);
    }
}
