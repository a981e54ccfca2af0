using Verification.Gate.Attesting;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>The reports of a run: on the console, beside its evidence, and copies of them elsewhere.</summary>
internal static class Reports
{
    /// <summary>Tells the verdict, then stores it, signed where there is a key for it, then writes its reports. A report or a copy that
    /// can't be written is told; it takes no verdict away.</summary>
    /// <param name="run">What was judged.</param>
    /// <param name="key">Signs the verdict, if it is one of a release; null where nothing is signed.</param>
    /// <param name="copyTo">Where copies go; null for nowhere.</param>
    /// <param name="progress">Told what can't be written.</param>
    /// <exception cref="IOException">The verdict itself can't be stored.</exception>
    public static void Publish(StoredRun run, SigningKey? key, OutputFolder? copyTo, ProgressLines progress)
    {
        VerdictTable.Print(progress.Console, run);
        VerdictTable.PrintPlaces(progress.Console, run.Folder);
        RunDocuments.Write(run.Folder, run.Verdict);
        if (key is not null && Attestation.IsDue(run.Record, run.Verdict))
        {
            Attestation.Write(new JudgedRun(run.Folder, run.Record, run.Verdict), key);
            progress.Good($"signed by {key.Public.Fingerprint}: {run.Folder.Attestation}");
        }

        try
        {
            Render(run);
            copyTo?.Publish(FilesOf(run.Folder));
        }
        catch (Exception e)
        {
            progress.Bad($"a report could not be written: {Quotation.Of(e.Message)} The verdict stands, in {run.Folder.Verdict}");
        }
    }

    /// <summary>Stores the verdict of a run, and writes its reports.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    public static void Write(StoredRun run)
    {
        RunDocuments.Write(run.Folder, run.Verdict);
        Render(run);
    }

    /// <summary>Writes the reports of a run; its verdict stays as it is stored.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    public static void Render(StoredRun run)
    {
        File.WriteAllText(run.Folder.JUnit, JUnitReport.Render(run));
        File.WriteAllText(run.Folder.Summary, SummaryMarkdown.Render(run));
        File.WriteAllText(run.Folder.Report, HtmlReport.Render(run));
        File.WriteAllText(
            run.Folder.Metrics,
            RunMetrics.Render(run.Record, run.Verdict, DrillsBefore(run.Folder).With(run.Record, run.Verdict))
        );
    }

    /// <summary>What the run before this one knew of drills.</summary>
    private static DrillSuccesses DrillsBefore(RunFolder folder) =>
        StoredRuns
            .FoldersOf(Path.GetDirectoryName(folder.Path)!)
            .LastOrDefault(other =>
                string.CompareOrdinal(Path.GetFileName(other.Path), Path.GetFileName(folder.Path)) < 0 && File.Exists(other.Metrics)
            )
            is { } before
            ? DrillSuccesses.Read(File.ReadAllText(before.Metrics))
            : DrillSuccesses.None;

    private static IReadOnlyList<string> FilesOf(RunFolder folder) =>
        [
            folder.Verdict,
            .. File.Exists(folder.Attestation) ? new[] { folder.Attestation } : [],
            folder.JUnit,
            folder.Summary,
            folder.Report,
            folder.Metrics,
            .. Directory.Exists(folder.Tests) ? Directory.EnumerateFiles(folder.Tests, "*.trx") : [],
        ];
}
