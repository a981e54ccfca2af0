using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class SummaryMarkdownTests
{
    [Fact]
    public void Failures_come_first_then_what_is_unknown()
    {
        var rows = Rows(SummaryMarkdown.Render(FixtureRuns.Load("fail")));

        Assert.Equal(["FAIL", "FAIL", "UNKNOWN", "FAIL (report)", "PASS"], rows.Take(5));
    }

    [Fact]
    public void Waivers_stand_above_the_table() =>
        Assert.Contains("- Waived until 2026-12-15: `cache.fresh`", SummaryMarkdown.Render(FixtureRuns.Load("waived")));

    [Fact]
    public void A_waiver_without_effect_is_named_by_every_report()
    {
        var run = FixtureRuns.Load("pass");
        var waiver = new Waiver("cache.hit", "local", "the old driver", "ana@example.org", new DateOnly(2026, 11, 1));
        run = run with { Verdict = run.Verdict with { WaiversIdle = [new IdleWaiver(waiver, "it ended with 2026-11-01")] } };
        using var console = new StringWriter();
        VerdictTable.Print(Consoles.Of(console, redirected: true), run);

        Assert.Contains("- Waiver without effect: `cache.hit`, it ended with 2026-11-01 (ana\\@example.org)", SummaryMarkdown.Render(run));
        Assert.Contains("<td>it ended with 2026-11-01</td>", HtmlReport.Render(run));
        Assert.Contains("waiver without effect: cache.hit: it ended with 2026-11-01 (ana@example.org)", console.ToString());
    }

    [Fact]
    public void What_a_service_answered_is_no_markup()
    {
        var run = FixtureRuns.Load("fail");
        var bad = run.Verdict.Objectives[3] with { Why = "a|b\n<img src=x> [x](y)" };
        var text = SummaryMarkdown.Render(run with { Verdict = run.Verdict with { Objectives = [bad] } });

        Assert.Contains("a\\|b &lt;img src=x&gt; \\[x\\](y) |", text);
    }

    [Fact]
    public void The_last_words_of_a_container_stand_below_what_it_failed_to_do()
    {
        var run = FixtureRuns.Load("fail");
        var bad = run.Verdict.Objectives[0] with
        {
            Verdict = Verdict.Fail,
            Why = $"server did not start\n{string.Join('\n', Enumerable.Range(1, 9).Select(line => $"line {line}"))}",
        };
        using var console = new StringWriter();
        VerdictTable.Print(Consoles.Of(console, redirected: true), run with { Verdict = run.Verdict with { Objectives = [bad] } });

        Assert.Contains("server did not start", console.ToString());
        Assert.DoesNotContain("line 4", console.ToString());
        Assert.Contains("        | line 5\n        | line 6\n        | line 7\n        | line 8\n        | line 9\n", console.ToString());
    }

    [Fact]
    public void Times_are_in_UTC() => Assert.Contains("judged 2026-11-24 08:31:26 UTC", SummaryMarkdown.Render(FixtureRuns.Load("pass")));

    private static IReadOnlyList<string> Rows(string text) =>
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(1)
                .Select(line => line.Split('|')[1].Trim()),
        ];
}
