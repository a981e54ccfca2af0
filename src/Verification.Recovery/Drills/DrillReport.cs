using System.Globalization;
using Verification.Objectives;

namespace Verification.Recovery;

/// <summary>A drill for whoever did not see it, as Markdown: what was done when, by which procedures and versions, what was measured, what
/// is proven and what is not.</summary>
public static class DrillReport
{
    /// <summary>Tells a drill.</summary>
    /// <param name="record">What it did.</param>
    /// <param name="file">Where all of the record is kept.</param>
    public static string Of(DrillRecord record, string file)
    {
        ArgumentNullException.ThrowIfNull(record);
        return string.Join(
            '\n',
            [
                $"# Drill {record.Drill}",
                "",
                $"All of it: `{file}`. Times are UTC.",
                "",
                "## What was done, and when",
                "",
                "| part | phase | began | s |",
                "|---|---|---|---|",
                .. RowsOf("backup", record.Backup),
                .. RowsOf("recovery", record.Recovery),
                "",
                "## By which procedures and versions",
                "",
                $"* image `{record.Tools.Image}`, `{record.Tools.Digest}`",
                .. record.Tools.Versions.Select(program => $"* {program.Key} {program.Value}"),
                .. record.Tools.Procedures.Select(procedure => $"* `{procedure.Key}`, SHA-256 `{procedure.Value}`"),
                "",
                "## What was measured",
                "",
                .. MeasuredOf(record).Select(line => $"* {line}"),
                .. record.Facts.Select(fact => $"* {fact.Key}: {Quotation.Of(fact.Value)}"),
                "",
                "## Proven",
                "",
                .. record.Findings.Proven.Select(sentence => $"* {sentence}"),
                "",
                "## Not proven",
                "",
                .. record.Findings.NotProven.Select(sentence => $"* {sentence}"),
                .. record.Differences.Select(difference => $"* It differs: {Quotation.Of(difference)}"),
                "",
            ]
        );
    }

    private static IEnumerable<string> RowsOf(string part, IReadOnlyList<ProcedurePhase> phases) =>
        phases.Select(phase =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {part} | {phase.Name} | {phase.Began.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} | {phase.Seconds:0.000} |"
            )
        );

    private static IEnumerable<string> MeasuredOf(DrillRecord record)
    {
        if (record.FirstReadSeconds is { } read)
            yield return $"from the accident to the first good answer to a GET: {Seconds(read)}";
        if (record.FirstWriteSeconds is { } write)
            yield return $"from the accident until a buff that was posted stood in the table: {Seconds(write)}";
        if (record.PointSeconds is { } point)
            yield return $"the newest heartbeat that came back, when the drill began (RPO): {Seconds(point)} old";
        if (record.LostSeconds is { } lost)
            yield return $"the oldest lost buff was acknowledged before the accident (RPO; 0 where none was lost): {Seconds(lost)}";
        if (record.Lost is [.., var latest])
            yield return $"lost buffs: {record.Lost.Count}, the latest acknowledged {Seconds(latest.Seconds)} before the accident; the record names each with its age";
        if (record.Listings is { } lists)
            yield return $"GET meanwhile, {lists.PerSecond} a second: {lists.Answered} answered, {lists.Unanswered} not, {P95Of(lists)}";
        if (record.Restored is { } restored)
            yield return $"what came back: {restored.Tables.Count} tables with {restored.Tables.Sum(table => table.Rows)} rows, content `{restored.Digest}`, transactions `{restored.Gtid}`";
        if (record.Wanted is { } wanted)
            yield return $"what was to come back: content `{wanted.Digest}`, transactions `{wanted.Gtid}`";
    }

    private static string P95Of(ListTimes lists) =>
        lists is { P95Seconds: { } p95, LongestSeconds: { } longest }
            ? $"p95 {Seconds(p95)}, the longest {Seconds(longest)}"
            : "so no time was measured";

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} s");
}
