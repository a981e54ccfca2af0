using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>A verdict on a platform as one measurement.</summary>
public sealed class VerdictMeasurementTests
{
    private const string Objective = "deploy.integration";
    private static readonly ReleaseVerdict Golden = DocumentReader.Read(Files.Golden("verdict.json"), "verdict").As<ReleaseVerdict>();

    [Fact]
    public void Each_objective_that_failed_is_told_with_its_reason()
    {
        var measured = Measurement.OfVerdict(Objective, Of(Said("a.one"), Said("a.two", Verdict.Fail, "2 buffs"), Said("a.three")));

        Assert.Equal(Objective, measured.Objective);
        Assert.Equal((1, 3), Figures(measured));
        Assert.Equal("a.two: 2 buffs", measured.Diagnosis);
    }

    [Fact]
    public void What_was_not_decided_is_no_observation_and_is_told()
    {
        var measured = Measurement.OfVerdict(Objective, Of(Said("a.one"), Said("a.two", Verdict.Unknown, "needs a way to stop a pod")));

        Assert.Equal((0, 1), Figures(measured));
        Assert.Equal("not decided: a.two: needs a way to stop a pod", measured.Diagnosis);
    }

    [Fact]
    public void What_is_only_shown_and_what_is_waived_fails_nothing()
    {
        var shown = Said("a.one", Verdict.Fail, "1 answer") with { Counts = false };
        var waived = Said("a.two", Verdict.Fail, "1 buff") with
        {
            Waiver = new Waiver("a.two", "*", "known", "platform team", DateOnly.MaxValue),
        };

        var measured = Measurement.OfVerdict(Objective, Of(shown, waived, Said("a.three")));

        Assert.Equal((0, 1), Figures(measured));
        Assert.Null(measured.Diagnosis);
    }

    private static (int Failed, int Decided) Figures(Measurement measured) => ((int)measured.Value!, (int)measured.Observations!);

    private static ReleaseVerdict Of(params IReadOnlyList<ObjectiveVerdict> objectives) => Golden with { Objectives = objectives };

    private static ObjectiveVerdict Said(string id, Verdict verdict = Verdict.Pass, string why = "as it must be") =>
        Golden.Objectives[0] with
        {
            Objective = Golden.Objectives[0].Objective with { Id = id },
            Counts = true,
            Verdict = verdict,
            Waiver = null,
            Why = why,
        };
}
