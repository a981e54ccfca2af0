using Verification.Objectives;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class RunMetricsTests
{
    private static readonly string Golden = Path.Combine(ProjectRoot.Find().Path, "schemas", "golden");
    private static readonly RunRecord Record = DocumentReader.Read(Path.Combine(Golden, "run.json"), "run").As<RunRecord>() with
    {
        Mutant = null,
    };
    private static readonly ReleaseVerdict Release = DocumentReader
        .Read(Path.Combine(Golden, "verdict.json"), "verdict")
        .As<ReleaseVerdict>();
    private static readonly DateTimeOffset Day = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void A_run_tells_its_verdict_its_objectives_and_how_long_it_took()
    {
        var lines = RunMetrics.Render(Record, Release, DrillSuccesses.None).Split('\n');

        Assert.Contains("verification_verdict{verdict=\"pass\"} 1", lines);
        Assert.Contains("verification_verdict{verdict=\"fail\"} 0", lines);
        Assert.Contains("verification_run_duration_seconds 85", lines);
        Assert.Contains("verification_stage_duration_seconds{stage=\"integration-classic-single\"} 48.5", lines);
        Assert.Contains("verification_objective_verdict{objective=\"restart.recovers\",counts=\"true\",verdict=\"fail\"} 1", lines);
        Assert.Contains(
            lines,
            line =>
                line.StartsWith(
                    "verification_objective_limit{objective=\"restart.recovers\",unit=\"s\",comparison=\"at-most\"} ",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Each_metric_is_described_before_its_samples_and_each_line_ends()
    {
        var text = RunMetrics.Render(Record, Release, Known("dropped-table"));
        string? current = null;

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.All(
            text.TrimEnd('\n').Split('\n'),
            line =>
            {
                if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                    Assert.Equal($"# TYPE {current = line.Split(' ')[2]} gauge", line);
                else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
                    Assert.StartsWith(current!, line, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_label_may_hold_anything()
    {
        var text = RunMetrics.Render(Record with { Environment = "a\\b\"c\nd" }, Release, DrillSuccesses.None);

        Assert.Contains("environment=\"a\\\\b\\\"c\\nd\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_success_of_a_drill_is_handed_on_from_run_to_run()
    {
        var text = RunMetrics.Render(Record, Release, Known("dropped-table").With(Record, Release));

        Assert.Contains(
            "verification_drill_last_success_timestamp_seconds{drill=\"dropped-table\"} 86400\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(Day, DrillSuccesses.Read(text).Times["dropped-table"]);
    }

    [Fact]
    public void A_drill_has_succeeded_where_each_of_its_promises_was_kept()
    {
        var kept = Judged(("drill-dropped-table.lossless", Verdict.Pass), ("drill-dropped-table.exact", Verdict.Pass));

        Assert.Equal(Release.DecidedAt, Known("dropped-table").With(Record, kept).Times["dropped-table"]);
    }

    [Theory]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Unknown)]
    public void One_that_was_not_kept_leaves_the_success_before_it(Verdict verdict)
    {
        var broken = Judged(("drill-dropped-table.lossless", Verdict.Pass), ("drill-dropped-table.exact", verdict));

        Assert.Equal(Day, Known("dropped-table").With(Record, broken).Times["dropped-table"]);
    }

    /// <summary>Else the alert would name those alone that have succeeded once.</summary>
    [Theory]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Unknown)]
    public void One_that_has_never_succeeded_is_told_and_handed_on_as_such(Verdict verdict)
    {
        var first = DrillSuccesses.None.With(Record, Judged(("drill-dropped-table.exact", verdict)));
        var text = RunMetrics.Render(Record, Release, first);

        Assert.Contains("verification_drill_last_success_timestamp_seconds{drill=\"dropped-table\"} 0\n", text, StringComparison.Ordinal);
        Assert.Equal(DrillSuccesses.Never, DrillSuccesses.Read(text).Times["dropped-table"]);
        Assert.Equal(
            Release.DecidedAt,
            DrillSuccesses.Read(text).With(Record, Judged(("drill-dropped-table.exact", Verdict.Pass))).Times["dropped-table"]
        );
    }

    [Fact]
    public void A_seeded_defect_says_nothing_of_drills() =>
        Assert.Empty(
            DrillSuccesses
                .None.With(Record with { Mutant = "restore-without-replay" }, Judged(("drill-dropped-table.exact", Verdict.Pass)))
                .Times
        );

    private static DrillSuccesses Known(string drill) =>
        new(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [drill] = Day });

    private static ReleaseVerdict Judged(params (string Id, Verdict Verdict)[] objectives) =>
        Release with
        {
            Objectives =
            [
                .. objectives.Select(each =>
                    Release.Objectives[0] with
                    {
                        Objective = Release.Objectives[0].Objective with { Id = each.Id },
                        Verdict = each.Verdict,
                    }
                ),
            ],
        };
}
