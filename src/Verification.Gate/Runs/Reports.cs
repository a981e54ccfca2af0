using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>The reports of a run: on the console, beside its evidence, and copies of them elsewhere.</summary>
internal static class Reports
{
    /// <summary>Tells the verdict, then stores it, then writes its reports. A report or a copy that can't be written is told; it takes no verdict away.</summary>
    /// <param name="run">What was judged.</param>
    /// <param name="copyTo">Where copies go; null for nowhere.</param>
    /// <param name="progress">Told what can't be written.</param>
    /// <exception cref="IOException">The verdict itself can't be stored.</exception>
    public static void Publish(StoredRun run, OutputFolder? copyTo, ProgressLines progress)
    {
        VerdictTable.Print(progress.Console, run);
        RunDocuments.Write(run.Folder, run.Verdict);
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

    /// <summary>Writes the verdict and all reports of a run.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    public static void Write(StoredRun run)
    {
        RunDocuments.Write(run.Folder, run.Verdict);
        Render(run);
    }

    private static void Render(StoredRun run)
    {
        File.WriteAllText(run.Folder.JUnit, JUnitReport.Render(run));
        File.WriteAllText(run.Folder.Summary, SummaryMarkdown.Render(run));
        File.WriteAllText(run.Folder.Report, HtmlReport.Render(run));
    }

    private static IReadOnlyList<string> FilesOf(RunFolder folder) =>
        [folder.Verdict, folder.JUnit, folder.Summary, folder.Report, .. Directory.Exists(folder.Tests) ? Directory.EnumerateFiles(folder.Tests, "*.trx") : []];
}
