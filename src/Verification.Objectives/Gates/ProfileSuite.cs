namespace Verification.Objectives;

/// <summary>A test assembly that a profile runs, and on what: one stage for each kind of broker, or one without a platform in
/// containers. A profile may run the same one more than once, each time on something else and for other objectives.</summary>
/// <param name="Name">Name of the entry in its profile: that of the assembly, or another one that stands beside it.</param>
/// <param name="Budget">Wall time that each of its stages is sure to have; it may take what the profile has left beside the later
/// ones.</param>
/// <param name="Brokers">On which kinds of broker it runs.</param>
/// <param name="Topology">On which arrangement of the components it runs: <c>single</c>, <c>ha+monitoring</c>, …</param>
public sealed record ProfileSuite(
    string Name,
    TimeSpan Budget,
    SuiteBrokers Brokers = SuiteBrokers.Default,
    string Topology = ProfileSuite.UsualTopology
)
{
    /// <summary>The topology with one of each component.</summary>
    public const string UsualTopology = "single";

    /// <summary>Name of the assembly in lower case: <c>integration</c>, <c>load</c>, …</summary>
    public string Suite { get; init; } = Name;

    /// <summary>The objectives that it is asked for; null for all of the profile.</summary>
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>Whether it is asked for its objectives in place of the suite itself, and not beside it.</summary>
    public bool IsInstead { get; init; }

    /// <summary>The objectives of the profile that it is not asked for, as another entry is in its place; null for none.</summary>
    public IReadOnlyList<string>? Without { get; init; }

    /// <summary>Whether it has another name than its suite: what it runs stands beside the suite itself.</summary>
    public bool IsBeside => Name != Suite;

    /// <summary>Whether it is asked for an objective of its profile.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool IsAskedFor(string objective) => (Objectives?.Contains(objective) ?? true) && Without?.Contains(objective) != true;

    /// <summary>The same, where a run is to decide some objectives only.</summary>
    /// <param name="objectives">Ids of these.</param>
    /// <returns>It may be asked for none of them.</returns>
    public ProfileSuite Within(IReadOnlyList<string> objectives) =>
        Objectives is null ? this : this with { Objectives = [.. objectives.Where(IsAskedFor)] };

    /// <summary>Whether another entry has a stage of this one, wherever Artemis can be had: the same suite, on the same kind of broker and
    /// the same topology.</summary>
    internal bool SharesStageWith(ProfileSuite other) => Suite == other.Suite && (NeedsNone ? other.NeedsNone : SharesPlatformWith(other));

    private bool NeedsNone => Brokers == SuiteBrokers.None;

    private bool IsOnArtemis => Brokers is SuiteBrokers.Default or SuiteBrokers.Every or SuiteBrokers.Artemis;

    private bool IsOnClassic => Brokers is SuiteBrokers.Every or SuiteBrokers.Classic;

    private bool SharesPlatformWith(ProfileSuite other) =>
        Topology == other.Topology && ((IsOnArtemis && other.IsOnArtemis) || (IsOnClassic && other.IsOnClassic));
}

/// <summary>On which kinds of broker a suite runs.</summary>
public enum SuiteBrokers
{
    /// <summary>The default of the machine.</summary>
    Default,

    /// <summary>Each that can be had, one after the other.</summary>
    Every,

    /// <summary>Artemis, what production deploys: without it the profile can't be run.</summary>
    Artemis,

    /// <summary>Classic: without it the profile can't be run.</summary>
    Classic,

    /// <summary>None: it starts what it looks at itself, or reads files alone.</summary>
    None,
}
