using Verification.Objectives;
using Verification.Stack.Runs;

namespace Verification.Stack.Leftovers;

/// <summary>A run as the labels of what it has made in the engine tell it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Folder">Its folder, on the machine where it ran.</param>
/// <param name="Host">That machine.</param>
/// <param name="Process">The process that held its lock; null where the labels don't tell.</param>
/// <param name="Kept">Whether what was labelled outlives the run.</param>
/// <param name="Stage">The stage that it is of; null for none.</param>
internal sealed record LabelledRun(string Id, RunFolder Folder, string Host, ProcessIdentity? Process, bool Kept, string? Stage = null)
{
    /// <summary>Reads labels.</summary>
    public static LabelledRun Of(IDictionary<string, string> labels)
    {
        string Label(string name) => labels.TryGetValue(name, out var value) ? value : string.Empty;

        return new LabelledRun(
            Label(RunLabels.Run),
            new RunFolder(Label(RunLabels.Folder)),
            Label(RunLabels.Host),
            ProcessIdentity.Parse(Label(RunLabels.Process)),
            Label(RunLabels.Kept) == "true",
            labels.TryGetValue(RunLabels.Stage, out var stage) ? stage : null
        );
    }

    /// <summary>The checkout that the run is of: its folder is <c>runs/&lt;id&gt;</c> there.</summary>
    public string Checkout => Path.GetDirectoryName(Path.GetDirectoryName(Folder.Path)) ?? string.Empty;

    /// <summary>Whether it is of a checkout of this machine.</summary>
    public bool IsOf(ProjectRoot root) => Host == RunLabels.ThisHost && Checkout == Path.TrimEndingDirectorySeparator(root.Path);

    /// <summary>Whether it is of a run, or of the one stage that the folder is of.</summary>
    public bool IsWithin(RunFolder folder) => Id == folder.Id && (folder.Stage is null || folder.Stage == Stage);

    /// <summary>Whether it lives, as far as it can be seen from here.</summary>
    public RunLife Life() =>
        LifeOf(HeldFile.Ask(Folder.Lock), Host == RunLabels.ThisHost || Process?.Boot == ProcessIdentity.Current.Boot, Process?.Lives());

    /// <summary>Only what is known counts: a lock that is seen, else a process that is seen.</summary>
    /// <param name="held">What is seen of the run's lock.</param>
    /// <param name="here">Whether the run was of this machine, so that a lock that nobody holds says something.</param>
    /// <param name="process">Whether its process lives; null where that is not seen.</param>
    internal static RunLife LifeOf(LockState held, bool here, bool? process) =>
        (held, here, process) switch
        {
            (LockState.Held, _, _) => RunLife.Lives,
            (LockState.Free, true, _) => RunLife.Ended,
            (_, _, true) => RunLife.Lives,
            (_, _, false) => RunLife.Ended,
            _ => RunLife.Unseen,
        };
}

/// <summary>What is known of a run.</summary>
internal enum RunLife
{
    /// <summary>It lives.</summary>
    Lives,

    /// <summary>It has ended, in whatever way.</summary>
    Ended,

    /// <summary>That can't be seen from here: what it has made is left alone.</summary>
    Unseen,
}
