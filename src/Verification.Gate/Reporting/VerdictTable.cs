using Spectre.Console;
using Verification.Gate.Progress;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The verdict on the console: waivers, what does not hold with one line why, and where it is stored.</summary>
internal static class VerdictTable
{
    // The cause stands in the last lines that a container has written.
    private const int LastWords = 5;

    /// <summary>Tells a verdict, which may be stored nowhere.</summary>
    public static void Print(IAnsiConsole console, StoredRun run)
    {
        var verdict = run.Verdict;
        console.WriteLine();
        if (Caveats.Line(verdict.Components) is { } caveats)
            Line(console, caveats, Color.Yellow);
        foreach (var fact in Caveats.OfDeployment(run.Record))
            Line(console, $"{fact.Name}: {fact.Value}", Color.Yellow);
        foreach (var waiver in verdict.WaiversUsed)
            Line(console, $"waived until {waiver.Until:yyyy-MM-dd}: {waiver.Objective}: {waiver.Reason} ({waiver.Owner})", Color.Purple);

        foreach (var idle in verdict.WaiversIdle ?? [])
            Line(console, $"waiver without effect: {idle.Waiver.Objective}: {idle.Why} ({idle.Waiver.Owner})", Color.Yellow);

        var open = verdict
            .Objectives.Where(objective => objective.Verdict != Verdict.Pass)
            .OrderByDescending(objective => objective.Counts)
            .ThenByDescending(objective => objective.Verdict)
            .ToList();
        var width = open.Select(objective => objective.Objective.Id.Length).DefaultIfEmpty(0).Max();
        var redaction = Redaction.Of(run.Folder);
        foreach (var objective in open)
        {
            var note = objective.Counts ? "" : " (report only)";
            var why = redaction.Clean(objective.Why).Split('\n');
            Line(
                console,
                $"{Phrases.Word(objective), -7} {objective.Objective.Id.PadRight(width)}  {why[0]}{note}",
                ColorOf(objective.Verdict)
            );
            foreach (var word in why.Skip(1).TakeLast(LastWords))
                Line(console, $"        | {word}", Color.Default);
            foreach (var line in Failure.Of(objective, run.Folder)?.Lines ?? [])
                Line(console, $"        {line}", Color.Default);
        }

        console.WriteLine();
        Line(console, $"{Phrases.Headline(verdict)}: {Phrases.Why(verdict)}", ColorOf(verdict.Verdict));
        if (!verdict.IsReleaseVerdict)
            Line(console, Phrases.Scope(verdict), Color.Default);
    }

    /// <summary>Tells where the verdict of a run, its report and its limits lie.</summary>
    public static void PrintPlaces(IAnsiConsole console, RunFolder folder)
    {
        Line(console, $"report   {folder.Report}", Color.Default);
        Line(console, $"verdict  {folder.Verdict}", Color.Default);
        if (File.Exists(folder.Gates))
            Line(console, $"limits   {folder.Gates}", Color.Default);
    }

    private static void Line(IAnsiConsole console, string text, Color color)
    {
        console.Write(new ControlLine(text, new Style(color)));
        console.WriteLine();
    }

    private static Color ColorOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => Color.Green,
            Verdict.Fail => Color.Red,
            _ => Color.Yellow,
        };
}
