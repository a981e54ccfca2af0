using Verification.Gate.Stages;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

public sealed class StageBudgetsTests
{
    private static readonly StageBudgets Budgets = new(
        [Planned("integration", 140), Planned("load", 45), Planned("chaos", 50)],
        TimeSpan.FromSeconds(240)
    );

    [Theory]
    [InlineData(0, 0, 145)]
    [InlineData(1, 100, 90)]
    [InlineData(1, 145, 45)]
    [InlineData(2, 100, 140)]
    public void A_stage_may_take_what_those_after_it_do_not_need(int stage, int elapsed, int budget) =>
        Assert.Equal(TimeSpan.FromSeconds(budget), Budgets.Of(stage, TimeSpan.FromSeconds(elapsed)));

    [Fact]
    public void What_one_before_it_has_taken_too_much_is_taken_from_none() =>
        Assert.Equal(TimeSpan.FromSeconds(45), Budgets.Of(1, TimeSpan.FromSeconds(170)));

    private static PlannedStage Planned(string suite, int seconds) =>
        new(new Stage(suite), TimeSpan.FromSeconds(seconds), Broker: null, Images: []);
}
