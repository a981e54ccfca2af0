using System.Globalization;
using Verification.Cluster.Programs;
using Verification.Infrastructure.Leaks;
using Verification.Stack;

namespace Verification.Tests.Deployment.Secrets;

/// <summary>The reports of a run that goes on, from what it has recorded so far; gone when disposed.</summary>
internal sealed class InterimReports : IDisposable
{
    private InterimReports(string path) => Path = path;

    /// <summary>The folder, with copies of the records that the reports are made of.</summary>
    public string Path { get; }

    /// <summary>Has the program judge the run as it is now, and write its reports.</summary>
    /// <param name="root">The project.</param>
    /// <param name="run">The run.</param>
    /// <param name="stage">The run, as the stage has it that asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LeaksUnknownException">There is nothing to report, or it was not reported.</exception>
    public static async Task<InterimReports> WriteAsync(
        ProjectRoot root,
        RunFolder run,
        RunFolder stage,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(run.Record))
            throw new LeaksUnknownException("nothing reports on tests that no gate has started: ask for it with ./verify gate");
        var folder = new RunFolder(Directory.CreateDirectory(System.IO.Path.Combine(run.Path, "interim", run.Id)).FullName);
        var reports = new InterimReports(folder.Path);
        try
        {
            foreach (var (from, to) in new[] { (run.Record, folder.Record), (run.Evidence, folder.Evidence), (run.Faults, folder.Faults) })
                if (File.Exists(from))
                    File.Copy(from, to);
            // Links are not followed by a search: logs are searched as they are, and what was posted is drawn at random.
            if (File.Exists(run.History))
                File.CreateSymbolicLink(folder.History, run.History);
            Directory.CreateSymbolicLink(folder.Logs, run.Logs);
            var judged = await new Tool("verify", System.IO.Path.Combine(AppContext.BaseDirectory, "Verification.Gate")).RunAsync(
                stage,
                ["judge", folder.Path],
                new Dictionary<string, string>(StringComparer.Ordinal) { [VerifyVariables.Root] = root.Path },
                root.Path,
                cancellationToken
            );
            return File.Exists(folder.Report)
                ? reports
                : throw new LeaksUnknownException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"./verify judge {folder.Path} wrote no report (exit code {judged.ExitCode}): {judged.Error}{judged.Output}"
                    )
                );
        }
        catch
        {
            reports.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
