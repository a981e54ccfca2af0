using Verification.Gate.Reporting;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class HtmlReportTests
{
    [Theory]
    [InlineData("pass", "PASS", "All 9 deciding objectives hold.")]
    [InlineData(
        "fail",
        "FAIL",
        "2 of 9 deciding objectives failed: persistence.row-per-post, cache.fresh. Nothing is known of restart.mysql."
    )]
    [InlineData("unknown", "UNKNOWN", "2 of 9 deciding objectives could not be decided: cache.hit, restart.broker.")]
    [InlineData("waived", "PASS with waivers", "8 of 9 deciding objectives hold; 1 is waived.")]
    public void The_verdict_stands_on_top_in_words(string fixture, string headline, string why)
    {
        var html = Render(fixture);

        var top = html[html.IndexOf("<h1>", StringComparison.Ordinal)..html.IndexOf("</header>", StringComparison.Ordinal)];
        Assert.Contains($"<span>{headline}</span>", top);
        Assert.Contains(why, top);
    }

    [Theory]
    [InlineData("pass")]
    [InlineData("fail")]
    [InlineData("unknown")]
    [InlineData("waived")]
    public void It_needs_nothing_but_itself(string fixture)
    {
        var html = Render(fixture);

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
    }

    [Fact]
    public void Markup_in_a_log_line_is_inert()
    {
        var html = Render("fail");

        Assert.Contains("acknowledged anyway: &lt;script&gt;alert(1)&lt;/script&gt;", html);
        Assert.DoesNotContain("<script>", html);
    }

    [Fact]
    public void A_password_in_a_log_line_is_not_shown()
    {
        var html = Render("fail");

        Assert.Contains("reconnecting", html);
        Assert.DoesNotContain("hunter2", html);
    }

    [Fact]
    public void A_failure_comes_with_its_diagnosis_and_the_log_lines_around_it()
    {
        var html = Render("fail");

        Assert.Contains("3 of 800 acknowledged buffs are not in MySQL", html);
        Assert.Contains("Aborted connection 17", html);
        Assert.Contains("Logs within 3 s of 2026-11-24 08:30:36 UTC", html);
    }

    [Fact]
    public void A_test_that_failed_without_evidence_gives_its_message_as_the_diagnosis() =>
        Assert.Contains("mysql did not answer within 30 s", Render("fail"));

    [Fact]
    public void Waivers_come_before_the_findings()
    {
        var html = Render("waived");

        Assert.InRange(
            html.IndexOf("id=\"waivers\"", StringComparison.Ordinal),
            1,
            html.IndexOf("id=\"findings\"", StringComparison.Ordinal)
        );
        Assert.Contains("Staging shares its Redis", html);
        Assert.Contains("2026-12-15", html);
    }

    [Fact]
    public void What_is_no_release_verdict_says_so() => Assert.Contains("admits nothing to production", Render("unknown"));

    [Fact]
    public void Digests_and_hashes_and_the_command_are_there()
    {
        var run = FixtureRuns.Load("pass");
        var html = Render("pass");

        Assert.All(run.Verdict.Components, component => Assert.Contains(component.Digest, html));
        Assert.Contains(run.Verdict.ConfigSha256, html);
        Assert.Contains(run.Verdict.GatesSha256, html);
        Assert.Contains("./verify gate --profile pr --broker classic", html);
    }

    [Fact]
    public void The_timeline_tells_what_it_shows_in_words() =>
        Assert.Matches("[0-9]+ operations \\([0-9]+ ok, [0-9]+ failed, [0-9]+ of unknown outcome\\) and 2 faults", Render("pass"));

    [Fact]
    public void A_run_without_history_has_no_timeline() => Assert.DoesNotContain("class=\"timeline\"", Render("unknown"));

    [Fact]
    public void What_failed_outside_any_test_is_shown_without_its_secrets()
    {
        var run = FixtureRuns.Load("pass");
        run = run with
        {
            Record = run.Record with { Stages = [run.Record.Stages[0] with { Errors = ["clean-up failed: password=hunter2"] }] },
        };

        Assert.Contains("outside any test: clean-up failed: password=", HtmlReport.Render(run));
        Assert.DoesNotContain("hunter2", HtmlReport.Render(run));
        Assert.Contains("Outside any test of stage integration-classic-single: clean-up failed: password=", SummaryMarkdown.Render(run));
        Assert.DoesNotContain("hunter2", SummaryMarkdown.Render(run));
    }

    private static string Render(string fixture)
    {
        var html = HtmlReport.Render(FixtureRuns.Load(fixture));
        // Left beside the tests, to be looked at in a browser.
        var rendered = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "rendered"));
        lock (Console.Out)
            File.WriteAllText(Path.Combine(rendered.FullName, $"{fixture}.html"), html);
        return html;
    }
}
