using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>A stored run that has been judged.</summary>
internal sealed record JudgedRun(RunFolder Folder, RunRecord Record, ReleaseVerdict Verdict)
{
    /// <summary>Where its images were published, as they were verified.</summary>
    public IReadOnlyList<PublishedImage> Published { get; init; } = [];

    /// <summary>Reads a run that has a record and a verdict.</summary>
    /// <exception cref="DocumentException">One of its documents cannot be used.</exception>
    public static JudgedRun Read(RunFolder folder) =>
        new(folder, RunDocuments.ReadRecord(folder), RunDocuments.ReadVerdict(folder)) { Published = RunDocuments.ReadPublished(folder) };
}

/// <summary>The runs of a folder such as <c>runs/</c>.</summary>
internal static class StoredRuns
{
    /// <summary>Every judged run, oldest first. Runs that were not judged are left out; those that cannot be read are told and left
    /// out.</summary>
    /// <param name="runs">The folder; it need not be there.</param>
    /// <param name="unreadable">Told why a run was left out.</param>
    public static IReadOnlyList<JudgedRun> Judged(string runs, Action<string> unreadable) =>
        [.. FoldersOf(runs).Select(folder => TryRead(folder, unreadable)).OfType<JudgedRun>()];

    /// <summary>The folders of all runs, oldest first.</summary>
    public static IEnumerable<RunFolder> FoldersOf(string runs) =>
        Directory.Exists(runs)
            ? Directory.EnumerateDirectories(runs).Order(StringComparer.Ordinal).Select(path => new RunFolder(path))
            : [];

    /// <summary>The newest of some runs with a verdict that can admit a release; null where there is none.</summary>
    /// <param name="oldestFirst">Their folders.</param>
    public static JudgedRun? NewestPass(IEnumerable<RunFolder> oldestFirst) =>
        oldestFirst
            .Reverse()
            .Select(folder => TryRead(folder, _ => { }))
            .FirstOrDefault(run => run is { Record.Mutant: null, Verdict: { Verdict: Verdict.Pass, IsReleaseVerdict: true } });

    /// <summary>Reads one run; null where it was not judged, or cannot be read.</summary>
    public static JudgedRun? TryRead(RunFolder folder, Action<string> unreadable)
    {
        if (!File.Exists(folder.Record) || !File.Exists(folder.Verdict))
            return null;
        try
        {
            return JudgedRun.Read(folder);
        }
        catch (DocumentException e)
        {
            unreadable($"left out run {Path.GetFileName(folder.Path)}: {e.Message}");
            return null;
        }
    }
}
