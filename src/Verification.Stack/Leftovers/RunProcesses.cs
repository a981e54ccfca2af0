using System.Diagnostics;
using System.Globalization;
using Verification.Objectives;
using Verification.Stack.Runs;

namespace Verification.Stack.Leftovers;

/// <summary>The processes that a run has started, in a file of the run: what the watchdog ends when the run dies.</summary>
public static class RunProcesses
{
    /// <summary>Notes a process (the leader of a session of its own).</summary>
    public static void Note(RunFolder folder, Process process) => File.AppendAllText(FileOf(folder), $"{ProcessIdentity.Of(process.Id)}\n");

    /// <summary>Kills every noted process that is seen to live, with the whole session it leads.</summary>
    public static void EndAll(RunFolder folder)
    {
        if (!File.Exists(FileOf(folder)))
            return;

        var leaders = File.ReadAllLines(FileOf(folder))
            .Select(ProcessIdentity.Parse)
            .Where(process => process?.Lives() == true)
            .Select(process => process!.Id)
            .ToHashSet();
        foreach (var id in AllProcesses().Where(id => leaders.Contains(id) || leaders.Contains(ProcessIdentity.SessionOf(id))))
            Kill(id);
    }

    /// <summary>Kills what is left of a session, whose leader may have ended: its id is given to no other process as long as one of it
    /// lives.</summary>
    /// <param name="leader">Id of its leader.</param>
    public static void EndSession(int leader)
    {
        foreach (var id in AllProcesses().Where(id => ProcessIdentity.SessionOf(id) == leader))
            Kill(id);
    }

    /// <summary>Forgets them.</summary>
    internal static void Remove(RunFolder folder) => File.Delete(FileOf(folder));

    private static string FileOf(RunFolder folder) => Path.Combine(folder.Path, "processes");

    private static List<int> AllProcesses() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToList();

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended in between.
        }
    }
}
