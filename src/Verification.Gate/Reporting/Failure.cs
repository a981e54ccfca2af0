using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What whoever reads of a FAIL at night needs beside its figure.</summary>
/// <param name="Promise">What was promised, with the limit in its unit.</param>
/// <param name="Suspect">The component to look at first; null where nothing is known of it.</param>
/// <param name="Evidence">Files of the run that it rests on, by their names in its folder.</param>
internal sealed record Failure(string Promise, string? Suspect, IReadOnlyList<string> Evidence)
{
    /// <summary>Those of an objective; null where it has not failed.</summary>
    /// <param name="verdict">The verdict on the objective.</param>
    /// <param name="folder">Folder of its run.</param>
    public static Failure? Of(ObjectiveVerdict verdict, RunFolder folder)
    {
        if (verdict.Verdict != Verdict.Fail)
            return null;
        var objective = verdict.Objective;
        var failing = verdict.Lines.Where(line => line.Verdict == Verdict.Fail).ToList();
        List<string> files = [.. failing.SelectMany(line => line.Evidence.Files).Distinct(StringComparer.Ordinal)];
        return new Failure(
            $"{objective.Promise.TrimEnd('.')} ({Figures.Limit(objective)} {objective.Unit})",
            (Figures.Deciding(verdict)?.Evidence.Suspects ?? objective.Suspects) is [var first, ..] ? first : null,
            files.Count > 0 ? files : [Path.GetFileName(folder.Evidence)]
        );
    }

    /// <summary>All of it as lines, a name before each.</summary>
    public IReadOnlyList<string> Lines =>
        [
            $"promised: {Promise}",
            .. Suspect is null ? Array.Empty<string>() : [$"look first at: {Suspect}"],
            $"evidence: {string.Join(", ", Evidence)}",
        ];
}
