using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class ObjectiveJudgeTests
{
    private static readonly Objective Recovers = new("restart.recovers", "p", "s", Comparison.AtMost, 30, 1, [], ObjectiveKind.Contract);
    private static readonly Objective Kept = new("queue.kept", "p", "buffs", Comparison.AtMost, 0, 50, [], ObjectiveKind.Contract);
    private static readonly Objective Success = new(
        "load.success",
        "p",
        "ratio",
        Comparison.AtLeast,
        0.99,
        300,
        [],
        ObjectiveKind.Contract
    );

    [Theory]
    [InlineData(30.0, null, Verdict.Pass, "30 s, limit ≤ 30, 1 observations")]
    [InlineData(30.000001, null, Verdict.Fail, "30.000001 s, limit ≤ 30")]
    [InlineData(29.9, 0.05, Verdict.Pass, "29.9 s, limit ≤ 30, 1 observations")]
    [InlineData(29.9, 0.2, Verdict.Unknown, "29.9 s, limit ≤ 30: too near to the limit for a resolution of 0.2 s")]
    [InlineData(30.1, 5.0, Verdict.Fail, "30.1 s, limit ≤ 30")]
    [InlineData(29.9, double.NaN, Verdict.Unknown, "its resolution is NaN, no figure to judge by")]
    [InlineData(29.9, -1.0, Verdict.Unknown, "its resolution is -1, no figure to judge by")]
    [InlineData(double.NaN, null, Verdict.Unknown, "nothing was measured")]
    [InlineData(double.NegativeInfinity, null, Verdict.Unknown, "nothing was measured")]
    [InlineData(null, null, Verdict.Unknown, "nothing was measured")]
    public void An_upper_limit_is_held(double? value, double? resolution, Verdict verdict, string why)
    {
        var judged = ObjectiveJudge.Judge(Recovers, Lines.Of(Recovers, value) with { Resolution = resolution });
        Assert.Equal((verdict, why), (judged.Verdict, judged.Why));
    }

    [Theory]
    [InlineData(0.99, null, Verdict.Pass)]
    [InlineData(0.9899, null, Verdict.Fail)]
    [InlineData(0.9905, 0.001, Verdict.Unknown)]
    [InlineData(0.992, 0.001, Verdict.Pass)]
    public void A_lower_limit_is_held(double value, double? resolution, Verdict verdict) =>
        Assert.Equal(verdict, ObjectiveJudge.Judge(Success, Lines.Of(Success, value) with { Resolution = resolution }).Verdict);

    [Fact]
    public void Too_few_observations_decide_nothing()
    {
        var few = ObjectiveJudge.Judge(Kept, Lines.Of(Kept, 0) with { Observations = 49, Diagnosis = "the Server came back early" });
        Assert.Equal((Verdict.Unknown, "49 observations, at least 50 are needed: the Server came back early"), (few.Verdict, few.Why));
        Assert.Equal(Verdict.Pass, ObjectiveJudge.Judge(Kept, Lines.Of(Kept, 0)).Verdict);
    }

    [Fact]
    public void Another_unit_decides_nothing()
    {
        var judged = ObjectiveJudge.Judge(Recovers, Lines.Of(Recovers, 3) with { Unit = "ms" });
        Assert.Equal((Verdict.Unknown, "measured in 'ms', but the objective is in 's'"), (judged.Verdict, judged.Why));
    }

    [Fact]
    public void The_reason_is_in_the_diagnosis()
    {
        var line = Lines.Of(Kept, 2) with { Diagnosis = "lost 'a', 'b'" };
        Assert.Equal("2 buffs, limit ≤ 0: lost 'a', 'b'", ObjectiveJudge.Judge(Kept, line).Why);
        Assert.Equal(
            "no engine",
            ObjectiveJudge.Judge(Kept, line with { Outcome = EvidenceOutcome.NotMeasured, Value = null, Diagnosis = "no engine" }).Why
        );
    }

    public static TheoryData<Comparison, string, double> Forms =>
        new()
        {
            { Comparison.AtMost, "buffs", 0 },
            { Comparison.AtMost, "s", 30 },
            { Comparison.AtMost, "ms", 250 },
            { Comparison.AtMost, "ratio", 0.01 },
            { Comparison.AtLeast, "ratio", 0.99 },
            { Comparison.AtLeast, "ratio", 0 },
            { Comparison.AtLeast, "per s", 100 },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_state_that_did_not_come_is_a_failure_whatever_the_limit(Comparison comparison, string unit, double limit)
    {
        var objective = new Objective("a.b", "p", unit, comparison, limit, 300, [], ObjectiveKind.Contract);
        var line = Lines.Of(objective, null) with
        {
            Outcome = EvidenceOutcome.NotReached,
            Observations = null,
            Awaited = "GET /buffs answers 200",
            WaitedSeconds = 20,
            Diagnosis = "seen last: 503",
        };

        var judged = ObjectiveJudge.Judge(objective, line);

        Assert.Equal((Verdict.Fail, "not so after 20.0 s: GET /buffs answers 200: seen last: 503"), (judged.Verdict, judged.Why));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_was_not_measured_is_unknown_whatever_the_limit(Comparison comparison, string unit, double limit)
    {
        var objective = new Objective("a.b", "p", unit, comparison, limit, 1, [], ObjectiveKind.Contract);
        Assert.Equal(
            Verdict.Unknown,
            ObjectiveJudge.Judge(objective, Lines.Of(objective, 0.5) with { Outcome = EvidenceOutcome.NotMeasured }).Verdict
        );
    }

    [Fact]
    public void A_failure_among_too_few_observations_is_a_failure() =>
        Assert.Equal(Verdict.Fail, ObjectiveJudge.Judge(Kept, Lines.Of(Kept, 1) with { Observations = 3 }).Verdict);
}

/// <summary>Evidence lines for tests.</summary>
internal static class Lines
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public static EvidenceLine Of(Objective objective, double? value, string test = "T.measures") =>
        new()
        {
            Objective = objective.Id,
            Outcome = value is null ? EvidenceOutcome.NotMeasured : EvidenceOutcome.Measured,
            Dimensions = None,
            Value = value,
            Unit = objective.Unit,
            Observations = objective.MinObservations,
            Test = test,
            At = DateTimeOffset.UnixEpoch,
        };

    public static IReadOnlyDictionary<string, string> Target(string target) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["target"] = target };
}
