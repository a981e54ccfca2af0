using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class CaveatsTests
{
    private const string Line =
        "not known to be what production runs: mysql is verification/mysql:1 (made from images/mysql in place of mysql:9.7)";

    [Fact]
    public void Every_report_names_first_what_is_not_known_to_be_what_production_runs()
    {
        var run = FixtureRuns.Load("pass");
        run = run with
        {
            Verdict = run.Verdict with
            {
                Components = [Mysql("made from images/mysql in place of mysql:9.7"), Mysql(null) with { Role = "redis" }],
            },
        };
        using var console = new StringWriter();
        VerdictTable.Print(Consoles.Of(console, redirected: true), run);

        Assert.StartsWith(Line, console.ToString().TrimStart());
        Assert.Contains($"\n\nImages {Line}.\n\n", SummaryMarkdown.Render(run));
        Assert.Contains(Line, HtmlReport.Render(run));
        Assert.Contains("; made from images/mysql in place of mysql:9.7</td>", HtmlReport.Render(run));
    }

    [Fact]
    public void More_than_a_few_are_named_without_their_reason()
    {
        ComponentRecord[] five = [.. "abcde".Select(name => Mysql("made here") with { Role = $"{name}" })];

        Assert.Equal(
            "not known to be what production runs: a is verification/mysql:1 (made here), b is verification/mysql:1 (made here), "
                + "c is verification/mysql:1 (made here), nor are d, e",
            Caveats.Line([.. five, five[0]])
        );
        Assert.EndsWith("c is verification/mysql:1 (made here)", Caveats.Line(five[..3]));
    }

    [Fact]
    public void What_stands_for_something_else_is_named_first() =>
        Assert.StartsWith(
            "not known to be what production runs: rest-store is verification/mysql:1 (restic's REST server), mysql is ",
            Caveats.Line([Mysql("made here"), Mysql("restic's REST server") with { Role = "rest-store" }])
        );

    [Fact]
    public void Where_all_is_what_production_runs_nothing_is_said() => Assert.Null(Caveats.Line([Mysql(null)]));

    [Fact]
    public void Every_report_names_what_ran_on_a_cluster_in_place_of_what_is_deployed_elsewhere()
    {
        var run = Deployed(TestOutcome.Passed, "Verification.Tests.Deployment.Cluster.DeploymentTests.It_serves");
        using var console = new StringWriter();
        VerdictTable.Print(Consoles.Of(console, redirected: true), run);

        Assert.All(
            new[] { console.ToString(), SummaryMarkdown.Render(run), HtmlReport.Render(run) },
            report =>
            {
                Assert.Contains("Data stores on the cluster", report, StringComparison.Ordinal);
                Assert.Contains("those of charts/datastores", report, StringComparison.Ordinal);
                Assert.Contains("another version than is had here: envoy-gateway 1.9.0 (here 1.9.1)", report, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData(TestOutcome.Skipped, "Verification.Tests.Deployment.Cluster.DeploymentTests.It_serves")]
    [InlineData(TestOutcome.Passed, "Verification.Tests.Deployment.Static.ManifestTests.It_keeps_the_rules")]
    public void Where_nothing_ran_on_a_cluster_nothing_is_said_of_one(TestOutcome outcome, string test) =>
        Assert.Empty(Caveats.OfDeployment(Deployed(outcome, test).Record));

    private static StoredRun Deployed(TestOutcome outcome, string test)
    {
        var run = FixtureRuns.Load("pass");
        return run with
        {
            Record = run.Record with
            {
                Stages = [.. run.Record.Stages, StageRecord.Of(new Stage(Caveats.DeploymentSuite))],
                Tests = [.. run.Record.Tests, new TestRecord(test, Caveats.DeploymentSuite, outcome, 1, ["deploy.serves"], null)],
                ChartDifferences = ["envoy-gateway 1.9.0 (here 1.9.1)"],
            },
        };
    }

    private static ComponentRecord Mysql(string? caveat) => new("mysql", "verification/mysql:1", "sha256:1", "9.7", "here", caveat);
}
