using Verification.Objectives;

namespace Verification.Stack.Runs;

/// <summary>The process that holds a run's lock, in a file of the run: who joins the run labels what it creates with that process, not with
/// itself.</summary>
internal static class RunOwner
{
    /// <summary>Notes this process.</summary>
    public static void Write(RunFolder folder) => File.WriteAllText(FileOf(folder), $"{ProcessIdentity.Current}\n");

    /// <summary>The owner; this process where none is noted.</summary>
    public static ProcessIdentity Read(RunFolder folder) =>
        (File.Exists(FileOf(folder)) ? ProcessIdentity.Parse(File.ReadAllText(FileOf(folder))) : null) ?? ProcessIdentity.Current;

    private static string FileOf(RunFolder folder) => Path.Combine(folder.Path, "owner");
}
