using Verification.Gate.Runs;
using Verification.Gate.Stages;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class TestRunTests
{
    [Fact]
    public void Each_suite_is_run_as_the_profile_says_and_one_that_only_another_has_as_that_says_but_for_its_further_entries()
    {
        ProfileSuite[] own = [Entry("load"), Entry("chaos")];
        ProfileSuite[] others =
        [
            Entry("chaos"),
            Entry("chaos-classic", "chaos", "a.one"),
            Entry("recovery-few", "recovery", "a.two"),
            Entry("recovery"),
        ];
        var gates = new Verification.Objectives.Gates(
            new Dictionary<string, Objective>(StringComparer.Ordinal),
            new Dictionary<string, Profile>(StringComparer.Ordinal) { ["test"] = Of("test", own), ["nightly"] = Of("nightly", others) },
            [],
            "hash"
        );

        Assert.Equal([.. own, others[3]], TestRun.SuitesOf(gates, "test"));
        Assert.Equal([.. others, own[0]], TestRun.SuitesOf(gates, "nightly"));

        static Profile Of(string name, IReadOnlyList<ProfileSuite> suites) =>
            new(name, TimeSpan.FromMinutes(9), suites, new Dictionary<string, Requirement>(StringComparer.Ordinal));

        static ProfileSuite Entry(string name, string? suite = null, string? objective = null) =>
            new(name, TimeSpan.FromMinutes(1)) { Suite = suite ?? name, Objectives = objective is null ? null : [objective] };
    }

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
