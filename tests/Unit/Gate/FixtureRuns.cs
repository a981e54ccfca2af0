using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Tests.Unit.Gate;

/// <summary>Realistic stored runs to report on.</summary>
internal static class FixtureRuns
{
    public static StoredRun Load(string name)
    {
        var folder = new RunFolder(Path.Combine(Folder, name));
        return new StoredRun(folder, RunDocuments.ReadRecord(folder), RunDocuments.ReadVerdict(folder), HistoryLog.Stream(folder.History));
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Gate", "fixtures");

    /// <summary>A copy of a fixture in a folder of its own, to write to.</summary>
    public static StoredRun Copy(string name, string to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, name), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(Path.Combine(Folder, name), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return Load(name) with
        {
            Folder = new RunFolder(to),
        };
    }
}
