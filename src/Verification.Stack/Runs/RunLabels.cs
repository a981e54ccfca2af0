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

    /// <summary>The process that holds the lock (<see cref="ProcessIdentity"/>): tells whether the run lives where the lock can't be
    /// seen.</summary>
    public const string Process = "verification.process";

    /// <summary><c>true</c> on a stack that outlives its starter.</summary>
    public const string Kept = "verification.kept";

    /// <summary>Name of the instance, for example <c>redis-node-0</c>.</summary>
    public const string Instance = "verification.instance";

    /// <summary>Name of the stage that it is of; not there on what belongs to none.</summary>
    public const string Stage = "verification.stage";

    /// <summary>This machine, as <see cref="Host"/> names it.</summary>
    public static string ThisHost { get; } =
        File.Exists("/etc/machine-id")
            ? $"{Environment.MachineName}/{File.ReadAllText("/etc/machine-id").Trim()}"
            : Environment.MachineName;

    /// <summary>The labels of everything that the run creates.</summary>
    public static Dictionary<string, string> Of(RunFolder folder, bool kept)
    {
        var labels = new Dictionary<string, string>
        {
            [Run] = folder.Id,
            [Folder] = folder.Path,
            [Host] = ThisHost,
            [Process] = RunOwner.Read(folder).ToString(),
            [Kept] = kept.ToString(CultureInfo.InvariantCulture).ToLowerInvariant(),
        };
        if (folder.Stage is { } stage)
            labels[Stage] = stage;
        return labels;
    }

    /// <summary>What the network of a stack is called in the engine, and what the names of its containers begin with: two stages of a run
    /// have two.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(Stage, out var stage) ? $"{labels[Run]}-{stage}" : labels[Run];
}
