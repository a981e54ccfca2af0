using Verification.Gate.Commands;
using Verification.Objectives;
using Verification.Stack.Runs;

namespace Verification.Gate.Runs;

/// <summary>Finds a stored run by what a user calls it: its id, <c>last</c>, or a path.</summary>
internal static class RunLocator
{
    public const string Last = "last";

    /// <exception cref="UsageException">There is no such run, or it holds no record.</exception>
    public static RunFolder Find(string runs, string name)
    {
        var path =
            name == Last ? Newest(runs)
            : Directory.Exists(Path.Combine(runs, name)) ? Path.Combine(runs, name)
            : Directory.Exists(name) ? Path.GetFullPath(name)
            : throw new UsageException(
                $"there is no run {name}: no folder of that name in {runs}, and no such path.{Suggestion.Question(name, Ids(runs))} The newest one is called 'last'."
            );
        var folder = new RunFolder(path);
        return File.Exists(folder.Record)
            ? folder
            : throw new UsageException(
                $"{folder.Path} cannot be judged: it holds no {Path.GetFileName(folder.Record)}. The run was ended before it recorded anything, or this is no run's folder."
            );
    }

    /// <summary>The same of a run that has ended: nothing is written into the folder of one that lives.</summary>
    /// <exception cref="UsageException">There is no such run, it holds no record, or it is still running.</exception>
    public static RunFolder FindEnded(string runs, string name) =>
        Find(runs, name) is var folder && HeldFile.IsHeld(folder.Lock)
            ? throw new UsageException(
                $"run {folder.Id} is still running: it is judged, and its reports are written, when it ends. Wait for it, or name another run."
            )
            : folder;

    private static string Newest(string runs) =>
        Ids(runs).Where(id => File.Exists(new RunFolder(Path.Combine(runs, id)).Record)).Max(StringComparer.Ordinal) is { } id
            ? Path.Combine(runs, id)
            : throw new UsageException($"there is no run in {runs} yet. Start one: ./verify gate");

    private static IEnumerable<string> Ids(string runs) =>
        Directory.Exists(runs) ? Directory.EnumerateDirectories(runs).Select(folder => Path.GetFileName(folder)) : [];
}
