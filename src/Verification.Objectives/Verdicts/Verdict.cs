namespace Verification.Objectives;

/// <summary>The answer about an objective, a suite or a release. Ordered from best to worst for <see cref="Unknown"/> &lt;
/// <see cref="Fail"/>.</summary>
public enum Verdict
{
    /// <summary>Measured, and within the limit.</summary>
    Pass,

    /// <summary>Not measured, or too little: nothing is said.</summary>
    Unknown,

    /// <summary>Measured, and beyond the limit.</summary>
    Fail,
}

/// <summary>The verdict on one evidence line.</summary>
/// <param name="Evidence">The line.</param>
/// <param name="Verdict">What it says of its objective.</param>
/// <param name="Why">One sentence: the figure against the limit, or why nothing is said.</param>
public sealed record LineVerdict(EvidenceLine Evidence, Verdict Verdict, string Why);

/// <summary>The verdict on one objective: the worst of its lines.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Requirement">How it counts in the profile.</param>
/// <param name="Counts">Whether it decides the release (required, or if-available and available).</param>
/// <param name="Verdict">PASS, FAIL or UNKNOWN.</param>
/// <param name="Waiver">The waiver that covers its FAIL or UNKNOWN, if one does.</param>
/// <param name="Why">One sentence; for a FAIL the diagnosis of the worst line.</param>
/// <param name="Lines">Every evidence line with its own verdict.</param>
public sealed record ObjectiveVerdict(
    Objective Objective,
    Requirement Requirement,
    bool Counts,
    Verdict Verdict,
    Waiver? Waiver,
    string Why,
    IReadOnlyList<LineVerdict> Lines
);

/// <summary>A waiver that does nothing for a run, and why: it is over, for another environment, needless, …</summary>
/// <param name="Waiver">The waiver.</param>
/// <param name="Why">Why it does nothing, and what to do about it: one phrase.</param>
public sealed record IdleWaiver(Waiver Waiver, string Why);

/// <summary>The verdict on a release: <c>verdict.json</c>.</summary>
public sealed record ReleaseVerdict
{
    /// <summary>Id of the run it rests on.</summary>
    public required string Run { get; init; }

    /// <summary>PASS, FAIL or UNKNOWN.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>False where only a part was run (<c>--only</c>), a mutant was, or a deployed platform was looked at, of which nothing may
    /// be broken: it admits nothing.</summary>
    public required bool IsReleaseVerdict { get; init; }

    /// <summary>Waivers without which the verdict would not be PASS, or that cover a FAIL or UNKNOWN.</summary>
    public required IReadOnlyList<Waiver> WaiversUsed { get; init; }

    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Name of the environment, for waivers.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was judged (UTC).</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Each objective of the profile.</summary>
    public required IReadOnlyList<ObjectiveVerdict> Objectives { get; init; }

    /// <summary>What was verified: role, image, digest.</summary>
    public required IReadOnlyList<ComponentRecord> Components { get; init; }

    /// <summary>Commit of the verification project, with <c>-dirty</c> where files differ; null outside a checkout.</summary>
    public required string? Commit { get; init; }

    /// <summary>SHA-256 over <c>config/</c>.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>SHA-256 of <c>gates.yaml</c>.</summary>
    public required string GatesSha256 { get; init; }

    /// <summary>SHA-256 of <c>safe-settings.yaml</c>; null where there is none.</summary>
    public string? SafeSettingsSha256 { get; init; }

    /// <summary>Why the run as a whole cannot PASS, whatever its objectives say (interrupted, a dead suite, …); null where it is
    /// whole.</summary>
    public string? Incomplete { get; init; }

    /// <summary>Waivers of the gates that do nothing for this run; null in a file that was written before they were told.</summary>
    public IReadOnlyList<IdleWaiver>? WaiversIdle { get; init; }
}
