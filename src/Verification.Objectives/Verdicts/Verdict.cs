namespace Verification.Objectives;

/// <summary>The answer about an objective, a suite or a release. Ordered from best to worst for <see cref="Unknown"/> &lt; <see cref="Fail"/>.</summary>
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
    IReadOnlyList<LineVerdict> Lines);

/// <summary>A waiver that does nothing for a run, and why: it is over, for another environment, needless, …</summary>
/// <param name="Waiver">The waiver.</param>
/// <param name="Why">Why it does nothing, and what to do about it: one phrase.</param>
public sealed record IdleWaiver(Waiver Waiver, string Why);

/// <summary>The verdict on a release: <c>verdict.json</c>.</summary>
/// <param name="Run">Id of the run it rests on.</param>
/// <param name="Verdict">PASS, FAIL or UNKNOWN.</param>
/// <param name="IsReleaseVerdict">False where only a part was run (<c>--only</c>) or a mutant was: it admits nothing.</param>
/// <param name="WaiversUsed">Waivers without which the verdict would not be PASS, or that cover a FAIL or UNKNOWN.</param>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Environment">Name of the environment, for waivers.</param>
/// <param name="DecidedAt">When it was judged (UTC).</param>
/// <param name="Objectives">Each objective of the profile.</param>
/// <param name="Components">What was verified: role, image, digest.</param>
/// <param name="Commit">Commit of the verification project, with <c>-dirty</c> where files differ; null outside a checkout.</param>
/// <param name="ConfigSha256">SHA-256 over <c>config/</c>.</param>
/// <param name="GatesSha256">SHA-256 of <c>gates.yaml</c>.</param>
/// <param name="Incomplete">Why the run as a whole cannot PASS, whatever its objectives say (interrupted, a dead suite, …); null where it is whole.</param>
/// <param name="WaiversIdle">Waivers of the gates that do nothing for this run; null in a file that was written before they were told.</param>
public sealed record ReleaseVerdict(
    string Run,
    Verdict Verdict,
    bool IsReleaseVerdict,
    IReadOnlyList<Waiver> WaiversUsed,
    string Profile,
    string Environment,
    DateTimeOffset DecidedAt,
    IReadOnlyList<ObjectiveVerdict> Objectives,
    IReadOnlyList<ComponentRecord> Components,
    string? Commit,
    string ConfigSha256,
    string GatesSha256,
    string? Incomplete = null,
    IReadOnlyList<IdleWaiver>? WaiversIdle = null);
