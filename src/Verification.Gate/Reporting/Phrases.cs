using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The words of a verdict.</summary>
internal static class Phrases
{
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "PASS",
            Verdict.Fail => "FAIL",
            _ => "UNKNOWN",
        };

    public static string Word(ObjectiveVerdict objective) => objective.Waiver is null ? Word(objective.Verdict) : "WAIVED";

    public static string Headline(ReleaseVerdict verdict) =>
        verdict is { Verdict: Verdict.Pass, WaiversUsed.Count: > 0 } ? "PASS with waivers" : Word(verdict.Verdict);

    /// <summary>The kinds of broker of a run.</summary>
    public static string Brokers(RunRecord run) => run.Brokers.Count > 0 ? string.Join(" and ", run.Brokers) : "none";

    /// <summary>One sentence: why the verdict is what it is.</summary>
    public static string Why(ReleaseVerdict verdict)
    {
        var deciding = verdict.Objectives.Where(objective => objective.Counts).ToList();
        var failed = deciding.Where(objective => objective is { Verdict: Verdict.Fail, Waiver: null }).ToList();
        var unknown = deciding.Where(objective => objective is { Verdict: Verdict.Unknown, Waiver: null }).ToList();
        if (failed.Count > 0)
            return $"{Count(failed.Count, deciding.Count)} failed: {Names(failed)}."
                + (unknown.Count > 0 ? $" Nothing is known of {Names(unknown)}." : "");
        if (unknown.Count > 0)
            return $"{Count(unknown.Count, deciding.Count)} could not be decided: {Names(unknown)}.";
        if (verdict.Incomplete is not null)
            return $"The run is not whole: {verdict.Incomplete}.";
        if (deciding.Count == 0)
            return "No objective of this run decides anything.";
        var waived = deciding.Count(objective => objective.Waiver is not null);
        return waived > 0
                ? $"{deciding.Count - waived} of {deciding.Count} deciding objectives hold; {waived} {(waived == 1 ? "is" : "are")} waived."
            : deciding.Count == 1 ? "The one deciding objective holds."
            : $"All {deciding.Count} deciding objectives hold.";
    }

    public static string Scope(ReleaseVerdict verdict) =>
        verdict.IsReleaseVerdict ? "" : "This is no release verdict: only a part was run. It admits nothing to production.";

    private static string Count(int part, int all) => string.Create(CultureInfo.InvariantCulture, $"{part} of {all} deciding objectives");

    private static string Names(IReadOnlyList<ObjectiveVerdict> objectives) =>
        objectives.Count <= 4
            ? string.Join(", ", objectives.Select(objective => objective.Objective.Id))
            : string.Join(", ", objectives.Take(3).Select(objective => objective.Objective.Id)) + $" and {objectives.Count - 3} more";
}
