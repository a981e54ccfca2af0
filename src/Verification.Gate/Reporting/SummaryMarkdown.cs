using System.Text;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The report for a pull request: short, what is wrong first.</summary>
internal static class SummaryMarkdown
{
    private const int LongestDiff = 80;

    public static string Render(StoredRun run)
    {
        var verdict = run.Verdict;
        var redaction = Redaction.Of(run.Folder);
        var text = new StringBuilder();
        text.Append("## ").Append(Phrases.Headline(verdict)).Append(": ").Append(Escape(Phrases.Why(verdict))).Append("\n\n");
        if (!verdict.IsReleaseVerdict)
            text.Append("**").Append(Phrases.Scope(verdict)).Append("**\n\n");
        if (Caveats.Line(verdict.Components) is { } caveats)
            text.Append("Images ").Append(Escape(caveats)).Append(".\n\n");
        foreach (var fact in Caveats.OfDeployment(run.Record))
            text.Append(fact.Name).Append(": ").Append(Escape(fact.Value)).Append(".\n\n");
        if (run.Record.Interrupted is { } interrupted)
            text.Append("The run ended before its end: ").Append(Escape(interrupted)).Append(".\n\n");
        foreach (var stage in run.Record.Stages)
        {
            foreach (var error in stage.Errors ?? [])
                text.Append("Outside any test of stage ")
                    .Append(stage.Name)
                    .Append(": ")
                    .Append(Escape(redaction.Clean(error)))
                    .Append("\n\n");
        }

        foreach (var waiver in verdict.WaiversUsed)
        {
            text.Append("- Waived until ")
                .Append(waiver.Until.ToString("yyyy-MM-dd"))
                .Append(": `")
                .Append(waiver.Objective)
                .Append("`, ")
                .Append(Escape(waiver.Reason))
                .Append(" (")
                .Append(Escape(waiver.Owner))
                .Append(")\n");
        }

        foreach (var idle in verdict.WaiversIdle ?? [])
        {
            text.Append("- Waiver without effect: `")
                .Append(idle.Waiver.Objective)
                .Append("`, ")
                .Append(Escape(idle.Why))
                .Append(" (")
                .Append(Escape(idle.Waiver.Owner))
                .Append(")\n");
        }

        if (verdict.WaiversUsed.Count > 0 || verdict.WaiversIdle is { Count: > 0 })
            text.Append('\n');

        text.Append("| | objective | value | limit | why |\n|---|---|---:|---:|---|\n");
        foreach (var objective in verdict.Objectives.OrderBy(Rank))
        {
            var figure = Figures.Deciding(objective)?.Evidence.Value;
            text.Append("| ")
                .Append(Phrases.Word(objective))
                .Append(objective.Counts ? "" : " (report)")
                .Append(" | `")
                .Append(objective.Objective.Id)
                .Append("` | ")
                .Append(Figures.Value(figure))
                .Append(" | ")
                .Append(Figures.Limit(objective.Objective))
                .Append(' ')
                .Append(Escape(objective.Objective.Unit))
                .Append(" | ")
                .Append(objective.Verdict == Verdict.Pass ? "" : Escape(redaction.Clean(objective.Why)))
                .Append(" |\n");
        }

        foreach (var objective in verdict.Objectives.OrderBy(Rank))
        {
            if (Failure.Of(objective, run.Folder) is { } failure)
                text.Append("\n- `").Append(objective.Objective.Id).Append("` ").Append(Escape(string.Join("; ", failure.Lines)));
        }

        if (verdict.Objectives.Any(objective => objective.Verdict == Verdict.Fail))
            text.Append('\n');

        if (ConfigChanges.Of(run.Folder) is { Diff.Length: > 0 } changes)
            text.Append("\n<details><summary>config/ has changed since the last PASS, run ")
                .Append(changes.Since)
                .Append("</summary>\n\n")
                .Append(Fenced(changes.Diff))
                .Append("\n</details>\n");

        text.Append("\nProfile ")
            .Append(verdict.Profile)
            .Append(", environment ")
            .Append(verdict.Environment)
            .Append(", broker ")
            .Append(Phrases.Brokers(run.Record))
            .Append(", run ")
            .Append(verdict.Run)
            .Append(", judged ")
            .Append(Figures.Utc(verdict.DecidedAt))
            .Append(". Repeat it: `")
            .Append(redaction.Clean(run.Record.Command))
            .Append("`\n");
        return text.ToString();
    }

    /// <summary>A diff as a block of code: its fence is longer than any in it.</summary>
    private static string Fenced(string diff)
    {
        var lines = diff.Split('\n');
        var fence = "```";
        while (diff.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        var rest = lines.Length - LongestDiff;
        return $"{fence}diff\n{string.Join('\n', lines.Take(LongestDiff))}{(rest > 0 ? $"\n… {rest} lines more, all of them in config.diff" : string.Empty)}\n{fence}\n";
    }

    private static int Rank(ObjectiveVerdict objective) =>
        (objective.Waiver is not null, objective.Verdict, objective.Counts) switch
        {
            (false, Verdict.Fail, true) => 0,
            (false, Verdict.Unknown, true) => 1,
            (true, not Verdict.Pass, _) => 2,
            (_, not Verdict.Pass, false) => 3,
            _ => 4,
        };

    // A table cell is one line, and what a service answered is no markup.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\r' => escaped,
                '\n' => escaped.Append(' '),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '~' or '#' or '@' => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
