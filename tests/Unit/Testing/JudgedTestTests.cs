using Verification.Objectives;
using Verification.Stack.Sessions;
using Verification.Testing;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Suites;

/// <summary>It is such a test itself: what is recorded behind its end is seen there.</summary>
public sealed class JudgedTestTests : JudgedTest
{
    private readonly List<Measurement> recorded = [];

    protected override SuiteSession Suite => throw new InvalidOperationException("It has none.");

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Objective("sample.recorded")]
    [Objective("sample.kept")]
    [Objective("sample.left")]
    [Objective("sample.silent")]
    [Objective("sample.unwanted")]
    public void A_green_test_tells_which_of_its_objectives_it_has_not_measured()
    {
        Record(new Measurement("sample.recorded", 0, 1));
        Keep(new Measurement("sample.kept", 0, 1));
        LeaveToOthers("sample.left");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();

        Assert.Equal(["sample.recorded", "sample.kept", "sample.silent"], recorded.Select(measurement => measurement.Objective));
        Assert.Null(recorded[^1].Value);
        Assert.EndsWith("ended without measuring it", recorded[^1].Diagnosis);
    }

    protected override bool IsWanted(string objective) => objective != "sample.unwanted";

    protected override LineVerdict Hold(Measurement measurement)
    {
        recorded.Add(measurement);
        var objective = new Objective(measurement.Objective, "p", "s", Comparison.AtMost, 1, 1, [], ObjectiveKind.Contract);
        return new LineVerdict(Lines.Of(objective, measurement.Value), Verdict.Pass, string.Empty);
    }
}
