using Verification.Gate.Runs;
using Verification.Gate.Trends;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class ObjectiveTrendTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Objective Recovers = new("restart.recovers", "p", "s", Comparison.AtMost, 30, 1, [], ObjectiveKind.Contract);

    private static readonly RunRecord Record = SampleRun.EndedAt(Now);

    [Fact]
    public void Verdicts_are_counted_and_figures_told_over_the_runs()
    {
        var trend = Assert.Single(ObjectiveTrend.Of([Run(4), Run(31), Run(null), Run(6), Run(2)]));

        Assert.Equal((5, 3, 1, 1), (trend.Runs, trend.Pass, trend.Fail, trend.Unknown));
        Assert.Equal((2, 4, 2, 31), (trend.Last, trend.Median, trend.Least, trend.Greatest));
        Assert.Equal("▁█·▂▁", Sparkline.Of(trend.Trend));
    }

    [Fact]
    public void The_figure_of_a_run_is_that_of_its_worst_line()
    {
        var run = Run(4);
        var verdict = run.Verdict.Objectives[0];
        var worse = verdict.Lines[0] with { Evidence = verdict.Lines[0].Evidence with { Value = 9 } };
        run = run with
        {
            Verdict = run.Verdict with { Objectives = [verdict with { Lines = [verdict.Lines[0], worse, verdict.Lines[0]] }] },
        };

        Assert.Equal(9, Assert.Single(ObjectiveTrend.Of([run])).Last);
    }

    [Fact]
    public void A_flake_is_a_verdict_other_than_the_usual_one_of_its_twins() =>
        Assert.Equal(0.25, Assert.Single(ObjectiveTrend.Of([Run(4), Run(4), Run(31), Run(4)])).FlakeRate);

    [Fact]
    public void A_change_between_different_runs_is_no_flake()
    {
        void NoTwins(RunRecord other) => Assert.Null(Assert.Single(ObjectiveTrend.Of([Run(4), Run(31, other)])).FlakeRate);

        NoTwins(Record with { Commit = "def" });
        NoTwins(Record with { ConfigSha256 = "other" });
        NoTwins(Record with { GatesSha256 = "other" });
        NoTwins(Record with { Profile = "nightly" });
        NoTwins(Record with { Environment = "staging" });
        NoTwins(Record with { Only = ["restart.recovers"] });
        NoTwins(Record.On(Record.Components[0] with { Digest = "sha256:2" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("abc-dirty")]
    public void Runs_of_an_unknown_state_have_no_twins(string? commit) =>
        Assert.Null(
            Assert.Single(ObjectiveTrend.Of([Run(4, Record with { Commit = commit }), Run(31, Record with { Commit = commit })])).FlakeRate
        );

    [Fact]
    public void Only_runs_with_a_twin_count_for_the_rate() =>
        Assert.Equal(0.5, Assert.Single(ObjectiveTrend.Of([Run(4), Run(31), Run(4, Record with { Commit = "def" })])).FlakeRate);

    [Fact]
    public void Equal_figures_make_a_flat_line_and_none_no_line()
    {
        Assert.Equal("▁▁▁", Sparkline.Of([0, 0, 0]));
        Assert.Equal("··", Sparkline.Of([null, null]));
        Assert.Equal("", Sparkline.Of([]));
    }

    [Fact]
    public void An_unreadable_run_is_named_and_left_out_and_one_that_was_not_judged_is_left_out()
    {
        using var runs = new TemporaryFolder();
        FixtureRuns.Copy("pass", Path.Combine(runs.Path, "20261124-083015-aaaa"));
        runs.File("20261124-093015-bbbb/run.json", "{}");
        runs.File("20261124-093015-bbbb/verdict.json", "{}");
        runs.File("20261124-103015-cccc/run.json", "{}");
        runs.File("20261124-113015-dddd/lock", "");
        var told = new List<string>();

        Assert.EndsWith("aaaa", Assert.Single(StoredRuns.Judged(runs.Path, told.Add)).Folder.Path);
        Assert.StartsWith("left out run 20261124-093015-bbbb: ", Assert.Single(told));
    }

    private static JudgedRun Run(double? value, RunRecord? record = null)
    {
        var run = record ?? Record;
        var gates = new Gates(
            new Dictionary<string, Objective> { [Recovers.Id] = Recovers },
            new Dictionary<string, Profile>
            {
                [run.Profile] = new(
                    run.Profile,
                    TimeSpan.Zero,
                    [],
                    new Dictionary<string, Requirement> { [Recovers.Id] = Requirement.Required }
                ),
            },
            [],
            run.GatesSha256
        );
        var line = Objectives.Lines.Of(Recovers, value, "T.t") with { At = Now };
        return new JudgedRun(new RunFolder("/r"), run, ReleaseJudge.Judge(gates, run, [line], Now));
    }
}
