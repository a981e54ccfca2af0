using Verification.Gate.Reporting;

namespace Verification.Gate.Runs;

/// <summary>Writes all reports of a run beside its evidence, and copies of them elsewhere.</summary>
internal static class Reports
{
    public static void Write(StoredRun run, string? copyTo)
    {
        var folder = run.Folder;
        RunDocuments.Write(folder, run.Verdict);
        File.WriteAllText(folder.JUnit, JUnitReport.Render(run));
        File.WriteAllText(folder.Summary, SummaryMarkdown.Render(run));
        File.WriteAllText(folder.Report, HtmlReport.Render(run));
        if (copyTo is null)
            return;
        Directory.CreateDirectory(copyTo);
        foreach (var file in new[] { folder.Verdict, folder.JUnit, folder.Summary, folder.Report }.Concat(Directory.Exists(folder.Tests) ? Directory.EnumerateFiles(folder.Tests, "*.trx") : []))
            File.Copy(file, Path.Combine(copyTo, Path.GetFileName(file)), overwrite: true);
    }
}
