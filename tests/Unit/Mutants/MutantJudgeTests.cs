using Verification.Gate.Mutants;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantJudgeTests
{
    private static readonly Objective Objective = new(
        "settings.broker",
        "The broker works with its settings.",
        "settings",
        Comparison.AtMost,
        0,
        1,
        [],
        ObjectiveKind.Contract
    );

    private static readonly Mutant Defect = new(
        "m",
        "A defect.",
        Objective.Id,
        new Dictionary<string, string>(),
        null,
        null,
        TimeSpan.FromMinutes(3)
    );

    [Theory]
    [InlineData(Verdict.Pass, Verdict.Fail, "artemis", null, MutantOutcome.Killed)]
    [InlineData(Verdict.Pass, Verdict.Fail, "classic", null, MutantOutcome.Survived)]
    [InlineData(Verdict.Pass, Verdict.Unknown, "artemis", null, MutantOutcome.Survived)]
    [InlineData(Verdict.Pass, Verdict.Pass, "artemis", null, MutantOutcome.Survived)]
    [InlineData(Verdict.Fail, Verdict.Fail, "artemis", null, MutantOutcome.NotTried)]
    [InlineData(Verdict.Unknown, Verdict.Fail, "artemis", null, MutantOutcome.NotTried)]
    [InlineData(Verdict.Pass, Verdict.Pass, "artemis", "The default.", MutantOutcome.Inert)]
    [InlineData(Verdict.Pass, Verdict.Fail, "artemis", "The default.", MutantOutcome.Survived)]
    [InlineData(Verdict.Pass, Verdict.Unknown, "artemis", "The default.", MutantOutcome.Survived)]
    internal void Killed_is_PASS_without_it_and_FAIL_with_it_and_inert_is_PASS_both_times(
        Verdict before,
        Verdict after,
        string broker,
        string? inert,
        MutantOutcome outcome
    )
    {
        var mutant = Defect with { Dimensions = new Dictionary<string, string> { ["broker"] = "artemis" } };

        Assert.Equal(
            outcome,
            MutantJudge
                .Judge(new MutantCandidate(mutant, new ConfigChange("f", "t"), inert), Of(before, "artemis"), Of(after, broker))
                .Outcome
        );
    }

    [Theory]
    [InlineData(Verdict.Pass, Verdict.Pass, MutantOutcome.Inert, "It breaks no rule, and no objective of pr sees it")]
    [InlineData(Verdict.Pass, Verdict.Fail, MutantOutcome.Killed, "line")]
    [InlineData(Verdict.Pass, Verdict.Unknown, MutantOutcome.NotTried, "It breaks no rule; with it the gate of pr says UNKNOWN")]
    [InlineData(Verdict.Fail, Verdict.Fail, MutantOutcome.NotTried, "It breaks no rule; without it the gate of pr says FAIL")]
    [InlineData(Verdict.Unknown, Verdict.Pass, MutantOutcome.NotTried, "It breaks no rule; without it the gate of pr says UNKNOWN")]
    internal void What_breaks_no_rule_is_inert_where_no_objective_of_the_profile_sees_it_either(
        Verdict before,
        Verdict after,
        MutantOutcome outcome,
        string why
    )
    {
        var candidate = new MutantCandidate(Defect, new ConfigChange("f", "t")) { Unruled = "It breaks no rule" };

        var judged = MutantJudge.JudgeUnruled(candidate, Release(Of(before, "artemis")), Release(Of(after, "artemis")));

        Assert.True(candidate.MayBeUnruled);
        Assert.False((candidate with { Inert = "The default." }).MayBeUnruled);
        Assert.Equal(outcome, judged.Outcome);
        Assert.StartsWith(why, judged.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_whole_gate_what_failed_first_and_decides_has_caught_it()
    {
        var later = Of(Verdict.Fail, "artemis", at: 2);
        var first = Of(Verdict.Fail, "artemis", at: 1) with { Objective = Objective with { Id = "queue.kept" } };
        var reported = Of(Verdict.Fail, "artemis") with { Counts = false };

        Assert.Equal("queue.kept", MutantJudge.FirstFailed(Release(later, first, reported))?.Objective);
        Assert.Null(MutantJudge.FirstFailed(Release(reported, Of(Verdict.Unknown, "artemis"))));
    }

    [Fact]
    public void A_stale_entry_and_a_missing_one_say_what_to_do()
    {
        var change = new ConfigChange("f", "t");
        var pass = Of(Verdict.Pass, "artemis");

        Assert.Contains(
            "take it out of the list",
            MutantJudge.Judge(new MutantCandidate(Defect, change, "The default."), pass, Of(Verdict.Fail, "artemis")).Why
        );
        Assert.Contains("list it in mutants/inert.yaml", MutantJudge.Judge(new MutantCandidate(Defect, change), pass, pass).Why);
    }

    private static ReleaseVerdict Release(params IReadOnlyList<ObjectiveVerdict> objectives) =>
        new()
        {
            Run = "run",
            Verdict = objectives.Max(objective => objective.Verdict),
            IsReleaseVerdict = false,
            WaiversUsed = [],
            Profile = "pr",
            Environment = "local",
            DecidedAt = DateTimeOffset.UnixEpoch,
            Objectives = objectives,
            Components = [],
            Commit = null,
            ConfigSha256 = string.Empty,
            GatesSha256 = string.Empty,
        };

    private static ObjectiveVerdict Of(Verdict verdict, string broker, int at = 0)
    {
        var evidence = new EvidenceLine
        {
            Objective = Objective.Id,
            Outcome = EvidenceOutcome.Measured,
            Dimensions = new Dictionary<string, string> { ["broker"] = broker },
            Value = 0,
            Unit = Objective.Unit,
            Observations = 1,
            Test = "test",
            At = DateTimeOffset.UnixEpoch.AddSeconds(at),
        };
        return new ObjectiveVerdict(
            Objective,
            Requirement.Required,
            Counts: true,
            verdict,
            null,
            "why",
            [new LineVerdict(evidence, verdict, "line")]
        );
    }
}
