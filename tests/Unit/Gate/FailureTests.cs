using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class FailureTests
{
    [Fact]
    public void A_failure_tells_on_the_console_what_was_promised_where_to_look_and_where_the_evidence_is()
    {
        var told = Told(Failed(["server", "dashboard"], "checks/row-per-post.json"));

        Assert.Contains("FAIL    persistence.row-per-post  3 buffs, limit", told);
        Assert.Contains("\n        promised: Each POST is one row (≤ 0 buffs)\n", told);
        Assert.Contains("\n        look first at: server\n", told);
        Assert.Contains("\n        evidence: checks/row-per-post.json\n", told);
    }

    [Fact]
    public void What_names_no_file_rests_on_the_evidence_of_the_run_and_suspects_whom_its_objective_names()
    {
        var failure = Failure.Of(Failed(null), new RunFolder("/runs/a"));

        Assert.NotNull(failure);
        Assert.Equal(["evidence.jsonl"], failure.Evidence);
        Assert.Equal("mysql", failure.Suspect);
    }

    [Fact]
    public void What_has_not_failed_has_none_of_it() =>
        Assert.Null(Failure.Of(Failed(null) with { Verdict = Verdict.Unknown }, new RunFolder("/runs/a")));

    [Fact]
    public void The_summary_and_the_report_tell_it_too()
    {
        var run = With(Failed(["server"], "checks/row-per-post.json"));

        Assert.Contains(
            "- `persistence.row-per-post` promised: Each POST is one row (≤ 0 buffs); look first at: server; evidence: checks/row-per-post.json",
            SummaryMarkdown.Render(run)
        );
        Assert.Contains("Look first at: server", HtmlReport.Render(run));
    }

    private static string Told(ObjectiveVerdict verdict)
    {
        using var console = new StringWriter();
        VerdictTable.Print(Consoles.Of(console, redirected: true), With(verdict));
        return console.ToString();
    }

    private static StoredRun With(ObjectiveVerdict verdict) =>
        FixtureRuns.Load("fail") is var run
            ? run with
            {
                Verdict = run.Verdict with { Objectives = [verdict] },
            }
            : throw new InvalidOperationException();

    private static ObjectiveVerdict Failed(IReadOnlyList<string>? suspects, params string[] files)
    {
        var objective = new Objective(
            "persistence.row-per-post",
            "Each POST is one row.",
            "buffs",
            Comparison.AtMost,
            0,
            100,
            [],
            ObjectiveKind.Contract
        )
        {
            Suspects = ["mysql"],
        };
        var line = new EvidenceLine
        {
            Objective = objective.Id,
            Outcome = EvidenceOutcome.Measured,
            Dimensions = new Dictionary<string, string>(StringComparer.Ordinal),
            Value = 3,
            Unit = objective.Unit,
            Observations = 160,
            Suspects = suspects,
            Test = "A.B",
            Files = files,
            At = DateTimeOffset.UnixEpoch,
        };
        var judged = ObjectiveJudge.Judge(objective, line);
        return new ObjectiveVerdict(objective, Requirement.Required, Counts: true, judged.Verdict, null, judged.Why, [judged]);
    }
}
