using System.Text;
using DiffPlex.Renderer;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>What has changed in <c>config/</c> since the last release that was admitted: a rule can't know of everything, a person sees
/// what is new.</summary>
/// <param name="Since">The run with the last PASS.</param>
/// <param name="Diff">A unified diff; empty where nothing has changed.</param>
internal sealed record ConfigChanges(string Since, string Diff)
{
    private const string Head = "since ";

    /// <summary>Keeps a copy of <c>config/</c> in the folder of a run, and what has changed in it since the newest PASS that is at
    /// hand.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="config">The folder that is verified.</param>
    /// <param name="runs">The stored runs.</param>
    /// <exception cref="IOException">Something could not be read or written.</exception>
    public static void Keep(RunFolder run, string config, string runs)
    {
        foreach (var file in FilesOf(config))
        {
            var copy = Path.Combine(run.Config, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(config, file), copy, overwrite: true);
        }

        if (
            StoredRuns.NewestPass(StoredRuns.FoldersOf(runs).Where(folder => Directory.Exists(folder.Config) && folder.Id != run.Id)) is
            { } last
        )
            File.WriteAllText(run.ConfigDiff, $"{Head}{last.Folder.Id}\n{Between(last.Folder.Config, run.Config)}");
    }

    /// <summary>What was kept of a run; null where there was no PASS to compare with.</summary>
    public static ConfigChanges? Of(RunFolder run)
    {
        if (!File.Exists(run.ConfigDiff))
            return null;
        var lines = File.ReadAllText(run.ConfigDiff).Split('\n', 2);
        return new ConfigChanges(
            lines[0].Replace(Head, string.Empty, StringComparison.Ordinal),
            lines.ElementAtOrDefault(1) ?? string.Empty
        );
    }

    /// <summary>A unified diff of two folders, file after file.</summary>
    internal static string Between(string before, string after)
    {
        var diff = new StringBuilder();
        foreach (var file in FilesOf(before).Union(FilesOf(after), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (TextOf(before, file), TextOf(after, file));
            if (old != now)
                diff.Append(UnidiffRenderer.GenerateUnidiff(old, now, $"a/config/{file}", $"b/config/{file}"));
        }

        return diff.ToString();
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            : [];

    private static string TextOf(string folder, string file) =>
        Path.Combine(folder, file) is var path && File.Exists(path) ? File.ReadAllText(path) : string.Empty;
}
