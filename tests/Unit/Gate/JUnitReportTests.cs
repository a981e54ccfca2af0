using System.Xml.Linq;
using Verification.Gate.Reporting;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class JUnitReportTests
{
    [Fact]
    public void Each_objective_is_a_test_case_of_its_area()
    {
        var run = FixtureRuns.Load("pass");
        var cases = Cases(JUnitReport.Render(run));

        Assert.Equal(run.Verdict.Objectives.Select(o => o.Objective.Id), cases.Select(c => c.Attribute("name")!.Value));
        Assert.Equal("persistence", cases[3].Attribute("classname")!.Value);
        Assert.Contains("800 observations", cases[3].Element("system-out")!.Value);
    }

    [Fact]
    public void A_failure_is_a_failure_and_what_is_unknown_is_an_error_and_what_decides_nothing_is_skipped()
    {
        var suite = XDocument.Parse(JUnitReport.Render(FixtureRuns.Load("fail"))).Descendants("testsuite").Single();

        Assert.Equal(
            ("2", "1", "1"),
            (suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value)
        );
    }

    [Fact]
    public void What_is_waived_is_skipped_and_says_by_whom() =>
        Assert.StartsWith(
            "waived until 2026-12-15 by ana@example.org",
            Cases(JUnitReport.Render(FixtureRuns.Load("waived")))
                .Select(c => c.Element("skipped"))
                .OfType<XElement>()
                .Single()
                .Attribute("message")!
                .Value
        );

    [Fact]
    public void Characters_that_XML_forbids_do_not_break_it()
    {
        var run = FixtureRuns.Load("fail");
        var bad = run.Verdict.Objectives[3] with { Why = "a\u0001b\ud83d\ude00" };
        var cases = Cases(JUnitReport.Render(run with { Verdict = run.Verdict with { Objectives = [bad] } }));

        Assert.Equal("a\uFFFDb\ud83d\ude00", cases[0].Element("failure")!.Value);
    }

    private static List<XElement> Cases(string xml) => [.. XDocument.Parse(xml).Descendants("testcase")];
}
