using Verification.Gate.Stages;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

public sealed class PlannedStageTests
{
    private static readonly StackDescription OnClassic = StackFile.Read(Files.Golden("stack.json"));

    [Fact]
    public void Entries_of_a_suite_on_other_platforms_are_stages_with_names_of_their_own()
    {
        var stages = PlannedStage.Merge([
            Planned("chaos", "artemis", "ha+netfilter", 10),
            Planned("chaos", "classic", "pair", 2, "a.one"),
            Planned("chaos", "artemis", "pair", 3, "a.one"),
            Planned("load", "artemis", "pair", 4),
        ]);

        Assert.Equal(
            ["chaos-artemis-ha-netfilter", "chaos-classic-pair", "chaos-artemis-pair", "load-artemis-pair"],
            stages.Select(stage => stage.Stage.Name)
        );
        Assert.Equal([10, 2, 3, 4], stages.Select(stage => (int)stage.Budget.TotalMinutes));
        Assert.Equal([null, "a.one", "a.one", null], stages.Select(Asked));
    }

    [Fact]
    public void Entries_that_come_to_one_stage_are_asked_together_and_have_their_time_together()
    {
        var stage = Assert.Single(
            PlannedStage.Merge([
                Planned("chaos", "classic", "pair", 2, "a.one", "a.two"),
                Planned("chaos", "classic", "pair", 3, "a.two", "a.three"),
            ])
        );

        Assert.Equal((TimeSpan.FromMinutes(5), "a.one a.two a.three"), (stage.Budget, Asked(stage)));
    }

    [Fact]
    public void One_of_them_that_is_asked_for_all_makes_the_stage_be_so()
    {
        var stage = Assert.Single(
            PlannedStage.Merge([Planned("chaos", "classic", "pair", 2, "a.one"), Planned("chaos", "classic", "pair", 3)])
        );

        Assert.Null(stage.Objectives);
    }

    [Fact]
    public void What_one_of_them_is_asked_for_in_place_of_another_their_stage_is_asked_for()
    {
        var main = Planned("chaos", "classic", "pair", 2) with { Without = ["a.one", "a.two"] };

        Assert.Equal(["a.two"], Assert.Single(PlannedStage.Merge([main, Planned("chaos", "classic", "pair", 3, "a.one")])).Without);
    }

    [Fact]
    public void On_a_stack_that_is_attached_to_each_suite_is_one_stage()
    {
        var stages = StagePlanner.Attached(
            [
                Entry("chaos", SuiteBrokers.Default, "ha"),
                Entry("deployment", SuiteBrokers.None, "single"),
                Entry("chaos-classic", SuiteBrokers.Classic, "pair", "a.one"),
                Entry("chaos-artemis", SuiteBrokers.Artemis, "pair", "a.two"),
            ],
            OnClassic
        );

        Assert.Equal(["chaos-classic-single", "deployment"], stages.Select(stage => stage.Stage.Name));
        Assert.Equal(TimeSpan.FromMinutes(2), stages[0].Budget);
        Assert.Null(stages[0].Objectives);
    }

    [Fact]
    public void There_an_entry_beside_a_suite_that_is_not_run_is_a_stage_with_its_objectives() =>
        Assert.Equal(
            "a.one",
            Asked(Assert.Single(StagePlanner.Attached([Entry("chaos-classic", SuiteBrokers.Classic, "pair", "a.one")], OnClassic)))
        );

    private static string? Asked(PlannedStage stage) => stage.Objectives is { } objectives ? string.Join(' ', objectives) : null;

    private static PlannedStage Planned(string suite, string broker, string topology, int minutes, params string[] objectives) =>
        new(new Stage(suite, broker, topology), TimeSpan.FromMinutes(minutes), BrokerKind.Classic, [])
        {
            Objectives = objectives.Length > 0 ? objectives : null,
        };

    private static ProfileSuite Entry(string name, SuiteBrokers brokers, string topology, params string[] objectives) =>
        new(name, TimeSpan.FromMinutes(1), brokers, topology)
        {
            Suite = name.Split('-')[0],
            Objectives = objectives.Length > 0 ? objectives : null,
        };
}
