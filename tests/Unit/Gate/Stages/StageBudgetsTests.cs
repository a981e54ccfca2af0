using Verification.Gate.Stages;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

public sealed class StageBudgetsTests
{
    private static readonly StageBudgets Budgets = new([Planned("integration", 145), Planned("load", 45), Planned("chaos", 50)]);

    [Theory]
    [InlineData(0, 0, 145)]
    [InlineData(1, 100, 90)]
    [InlineData(1, 145, 45)]
    [InlineData(2, 100, 140)]
    public void What_a_stage_leaves_of_its_budget_the_next_may_take(int stage, int elapsed, int budget) =>
        Assert.Equal(TimeSpan.FromSeconds(budget), Budgets.Of(stage, TimeSpan.FromSeconds(elapsed)));

    [Fact]
    public void What_a_stage_has_taken_too_much_it_takes_from_no_other() =>
        Assert.Equal(TimeSpan.FromSeconds(45), Budgets.Of(1, TimeSpan.FromSeconds(150)));

    private static PlannedStage Planned(string suite, int seconds) =>
        new(new Stage(suite), TimeSpan.FromSeconds(seconds), Broker: null, Images: []);
}
