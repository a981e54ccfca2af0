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

    private static ComponentRecord Mysql(string? caveat) => new("mysql", "verification/mysql:1", "sha256:1", "9.7", "here", caveat);
}
