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
        var mutant = new Mutant(
            "m",
            "A defect.",
            Objective.Id,
            new Dictionary<string, string> { ["broker"] = "artemis" },
            null,
            null,
            TimeSpan.FromMinutes(3)
        );

        Assert.Equal(
            outcome,
            MutantJudge
                .Judge(new MutantCandidate(mutant, new ConfigChange("f", "t"), inert), Of(before, "artemis"), Of(after, broker))
                .Outcome
        );
    }

    [Theory]
    [InlineData(Verdict.Pass, MutantOutcome.Inert)]
    [InlineData(Verdict.Fail, MutantOutcome.Killed)]
    [InlineData(Verdict.Unknown, MutantOutcome.Survived)]
    internal void What_breaks_no_rule_is_inert_though_nobody_has_listed_it(Verdict after, MutantOutcome outcome)
    {
        var mutant = new Mutant("m", "A defect.", Objective.Id, new Dictionary<string, string>(), null, null, TimeSpan.FromMinutes(3));

        Assert.Equal(
            outcome,
            MutantJudge
                .Judge(
                    new MutantCandidate(mutant, new ConfigChange("f", "t")) { Unruled = "It breaks no rule." },
                    Of(Verdict.Pass, "artemis"),
                    Of(after, "artemis")
                )
                .Outcome
        );
    }

    [Fact]
    public void A_stale_entry_and_a_missing_one_say_what_to_do()
    {
        var mutant = new Mutant("m", "A defect.", Objective.Id, new Dictionary<string, string>(), null, null, TimeSpan.FromMinutes(3));
        var change = new ConfigChange("f", "t");
        var pass = Of(Verdict.Pass, "artemis");

        Assert.Contains(
            "take it out of the list",
            MutantJudge.Judge(new MutantCandidate(mutant, change, "The default."), pass, Of(Verdict.Fail, "artemis")).Why
        );
        Assert.Contains("list it in mutants/inert.yaml", MutantJudge.Judge(new MutantCandidate(mutant, change), pass, pass).Why);
    }

    private static ObjectiveVerdict Of(Verdict verdict, string broker)
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
            At = DateTimeOffset.UnixEpoch,
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
