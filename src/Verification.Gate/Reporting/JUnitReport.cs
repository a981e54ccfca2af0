using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The objectives as JUnit XML: a FAIL is a failure; an UNKNOWN that decides is an error, any other and what is waived is
/// skipped.</summary>
internal static class JUnitReport
{
    public static string Render(StoredRun run)
    {
        var verdict = run.Verdict;
        var redaction = Redaction.Of(run.Folder);
        var cases = verdict.Objectives.Select(objective => Case(objective, redaction)).ToList();
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", $"gate {verdict.Profile}"),
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Count(c => c.Element("failure") is not null)),
            new XAttribute("errors", cases.Count(c => c.Element("error") is not null)),
            new XAttribute("skipped", cases.Count(c => c.Element("skipped") is not null)),
            new XAttribute("timestamp", run.Record.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new XAttribute(
                "time",
                ((run.Record.EndedAt ?? verdict.DecidedAt) - run.Record.StartedAt).TotalSeconds.ToString(
                    "0.000",
                    CultureInfo.InvariantCulture
                )
            ),
            new XElement(
                "properties",
                Properties(run)
                    .Select(p => new XElement("property", new XAttribute("name", p.Name), new XAttribute("value", Legal(p.Value))))
            ),
            cases
        );
        return new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement("testsuites", suite)) is var document
            ? document.Declaration + "\n" + document.Root + "\n"
            : "";
    }

    private static XElement Case(ObjectiveVerdict objective, Redaction redaction)
    {
        var testCase = new XElement(
            "testcase",
            new XAttribute("classname", ReportModel.Area(objective.Objective)),
            new XAttribute("name", objective.Objective.Id),
            new XAttribute("time", "0")
        );
        var why = Legal(redaction.Clean(objective.Why));
        if (Result(objective) is { } element)
        {
            var message =
                objective.Waiver is { } waiver ? $"waived until {waiver.Until:yyyy-MM-dd} by {waiver.Owner}: {waiver.Reason}. {why}"
                : objective.Counts ? why
                : $"decides nothing in this profile. {why}";
            testCase.Add(new XElement(element, new XAttribute("message", Legal(message)), why));
        }

        testCase.Add(new XElement("system-out", Legal(Out(objective, redaction))));
        return testCase;
    }

    private static string? Result(ObjectiveVerdict objective) =>
        objective switch
        {
            { Verdict: Verdict.Pass } => null,
            { Waiver: not null } or { Counts: false } => "skipped",
            { Verdict: Verdict.Fail } => "failure",
            _ => "error",
        };

    private static string Out(ObjectiveVerdict objective, Redaction redaction)
    {
        var text = new StringBuilder().Append(objective.Objective.Promise).Append('\n');
        foreach (var (evidence, verdict, why) in objective.Lines)
        {
            text.Append(Phrases.Word(verdict))
                .Append(' ')
                .Append(Figures.Value(evidence.Value))
                .Append(' ')
                .Append(evidence.Unit)
                .Append(" (limit ")
                .Append(Figures.Limit(objective.Objective))
                .Append(' ')
                .Append(objective.Objective.Unit)
                .Append("), ")
                .Append(evidence.Observations)
                .Append(" observations")
                .Append(evidence.Dimensions.Count > 0 ? $", {Figures.Dimensions(evidence.Dimensions)}" : "")
                .Append(": ")
                .Append(redaction.Clean(why))
                .Append('\n');
        }

        return text.ToString();
    }

    private static List<Fact> Properties(StoredRun run)
    {
        List<Fact> properties =
        [
            new("verdict", Phrases.Headline(run.Verdict)),
            new("run", run.Verdict.Run),
            new("environment", run.Verdict.Environment),
            new("broker", Phrases.Brokers(run.Record)),
            new("commit", run.Verdict.Commit ?? ""),
            new("config.sha256", run.Verdict.ConfigSha256),
            new("gates.sha256", run.Verdict.GatesSha256),
        ];
        properties.AddRange(
            run.Verdict.Components.Select(component => new Fact($"image.{component.Role}", $"{component.Image} {component.Digest}"))
        );
        return properties;
    }

    // Logs hold what XML 1.0 may not.
    private static string Legal(string text) =>
        text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(
                text.EnumerateRunes()
                    .Select(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD")
            );
}
