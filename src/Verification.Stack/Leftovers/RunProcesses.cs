using System.Diagnostics;
using System.Globalization;
using Verification.Objectives;

namespace Verification.Stack.Leftovers;

/// <summary>The processes that a run has started, by id and start time, in a file of the run: what the watchdog ends when the run dies.</summary>
public static class RunProcesses
{
    /// <summary>Notes a process (the leader of a session of its own).</summary>
    public static void Note(RunFolder folder, Process process) =>
        File.AppendAllText(FileOf(folder), string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartOf(process.Id)}\n"));

    /// <summary>Kills every noted process that still lives, with the whole session it leads.</summary>
    public static void EndAll(RunFolder folder)
    {
        if (!File.Exists(FileOf(folder)))
            return;

        var leaders = File.ReadAllLines(FileOf(folder))
            .Select(line => line.Split(' '))
            .Where(parts => parts.Length == 2 && StartOf(int.Parse(parts[0], CultureInfo.InvariantCulture)) == parts[1])
            .Select(parts => int.Parse(parts[0], CultureInfo.InvariantCulture))
            .ToHashSet();
        foreach (var id in AllProcesses().Where(id => leaders.Contains(id) || leaders.Contains(SessionOf(id))))
            Kill(id);
    }

    private static string FileOf(RunFolder folder) => Path.Combine(folder.Path, "processes");

    private static List<int> AllProcesses() => Directory.EnumerateDirectories("/proc")
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

    // Fields of /proc/<id>/stat after the program's name (which may hold blanks): 3 is the session, 19 the start in clock ticks since boot.
    private static int SessionOf(int id) => int.TryParse(StatField(id, 3), CultureInfo.InvariantCulture, out var session) ? session : 0;

    private static string StartOf(int id) => StatField(id, 19);

    private static string StatField(int id, int index)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[index];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
