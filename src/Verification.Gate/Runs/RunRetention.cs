using System.Text.RegularExpressions;
using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Stack.Runs;

namespace Verification.Gate.Runs;

/// <summary>Keeps the folder of the stored runs within a size.</summary>
internal static partial class RunRetention
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Removes runs, the oldest first, until the rest is within the limit. Living runs stay, those whose stack is kept, the newest
    /// release verdict that is PASS, and the newest FAIL without a seeded defect; and so does whatever is no run's folder.</summary>
    /// <param name="runs">The folder; it need not be there.</param>
    /// <param name="limit">In bytes.</param>
    /// <param name="kept">Folders of the runs whose stack is kept.</param>
    /// <param name="progress">Told what was removed.</param>
    public static void Prune(string runs, long limit, IReadOnlyCollection<string> kept, ProgressLines progress)
    {
        var stored = StoredRuns
            .FoldersOf(runs)
            .Where(folder => Id().IsMatch(Path.GetFileName(folder.Path)))
            .Select(folder => (Folder: folder, Bytes: BytesOf(folder)))
            .ToList();
        var total = stored.Sum(run => run.Bytes);
        if (total <= limit)
            return;

        var precious = Precious([.. stored.Select(run => run.Folder)]);
        var removed = new List<string>();
        var freed = 0L;
        foreach (var (folder, bytes) in stored.Where(run => !precious.Contains(run.Folder.Path) && !kept.Contains(run.Folder.Path)))
        {
            if (total - freed <= limit)
                break;
            if (!TryRemove(folder, progress))
                continue;
            freed += bytes;
            removed.Add(Path.GetFileName(folder.Path));
        }

        if (removed.Count > 0)
            progress.Say($"removed old runs ({Size.Text(freed)}; {runs} is kept within {Size.Text(limit)}): {string.Join(", ", removed)}");
        if (total - freed > limit)
            progress.Doubt(
                $"{runs} holds {Size.Text(total - freed)}, more than the {Size.Text(limit)} of gates.yaml: what is left lives, is kept, or is the newest PASS or FAIL"
            );
    }

    /// <summary>The newest verdict that can admit a release, and the newest failure.</summary>
    private static HashSet<string> Precious(IReadOnlyList<RunFolder> oldestFirst)
    {
        var pass = StoredRuns.NewestPass(oldestFirst);
        var fail = oldestFirst
            .Reverse()
            .Select(folder => StoredRuns.TryRead(folder, _ => { }))
            .FirstOrDefault(run => run is { Record.Mutant: null, Verdict.Verdict: Verdict.Fail });
        return [.. new[] { pass, fail }.OfType<JudgedRun>().Select(run => run.Folder.Path)];
    }

    private static bool TryRemove(RunFolder folder, ProgressLines progress)
    {
        try
        {
            // Held while it goes: a run that lives keeps its folder.
            using var held = HeldFile.TryTake(folder.Lock);
            if (held is null)
                return false;
            Directory.Delete(folder.Path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            progress.Doubt($"could not remove {folder.Path}: {e.Message}");
            return false;
        }
    }

    private static long BytesOf(RunFolder folder)
    {
        try
        {
            return new DirectoryInfo(folder.Path).EnumerateFiles("*", Everything).Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It changes while it is counted: it lives.
            return 0;
        }
    }

    [GeneratedRegex("^[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
