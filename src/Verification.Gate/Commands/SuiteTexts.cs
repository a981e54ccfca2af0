using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary>What the suites of a run have left for people, beside its verdict.</summary>
internal static class SuiteTexts
{
    /// <summary>Prints them, in the order in which they were written.</summary>
    /// <param name="verdict">Names the run.</param>
    /// <param name="files">What their names are like.</param>
    /// <param name="context">Where to.</param>
    public static async Task PrintAsync(ReleaseVerdict verdict, string files, CommandContext context)
    {
        var run = RunLocator.Find(context.Root.Runs, verdict.Run);
        if (!Directory.Exists(run.Checks))
            return;
        foreach (var file in Directory.EnumerateFiles(run.Checks, files).OrderBy(File.GetLastWriteTimeUtc))
            context.Progress.Console.Profile.Out.Writer.Write(await File.ReadAllTextAsync(file, context.Ended).ConfigureAwait(false));
    }
}
