using System.Globalization;
using Verification.Objectives;

namespace Verification.Stack.Runs;

/// <summary>The labels on all that a run creates in the engine. By them, and by nothing else, its leftovers are found.</summary>
public static class RunLabels
{
    /// <summary>Id of the run.</summary>
    public const string Run = "verification.run";

    /// <summary>Absolute path of the run's folder, whose lock tells whether it lives; its checkout is two folders above.</summary>
    public const string Folder = "verification.folder";

    /// <summary>The machine on which the lock can be asked.</summary>
    public const string Host = "verification.host";

    /// <summary>The process that holds the lock (<see cref="ProcessIdentity"/>): tells whether the run lives where the lock can't be seen.</summary>
    public const string Process = "verification.process";

    /// <summary><c>true</c> on a stack that outlives its starter.</summary>
    public const string Kept = "verification.kept";

    /// <summary>Name of the instance, for example <c>redis-node-0</c>.</summary>
    public const string Instance = "verification.instance";

    /// <summary>This machine, as <see cref="Host"/> names it.</summary>
    public static string ThisHost { get; } = File.Exists("/etc/machine-id")
        ? $"{Environment.MachineName}/{File.ReadAllText("/etc/machine-id").Trim()}"
        : Environment.MachineName;

    /// <summary>The labels of everything that the run creates.</summary>
    public static Dictionary<string, string> Of(RunFolder folder, bool kept) => new()
    {
        [Run] = System.IO.Path.GetFileName(folder.Path),
        [Folder] = folder.Path,
        [Host] = ThisHost,
        [Process] = RunOwner.Read(folder).ToString(),
        [Kept] = kept.ToString(CultureInfo.InvariantCulture).ToLowerInvariant(),
    };
}
