namespace Verification.Cluster.Releases;

/// <summary>A release that was let through to a cluster: by a verdict, or by somebody's word in place of one.</summary>
/// <param name="At">When.</param>
/// <param name="User">Who, as the cluster knows its user.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Images">The image of each component, with its digest.</param>
/// <param name="ConfigSha256">SHA-256 over <c>config/</c>.</param>
/// <param name="GatesSha256">SHA-256 of <c>gates.yaml</c>.</param>
/// <param name="SafeSettingsSha256">SHA-256 of <c>safe-settings.yaml</c>; null where there is none.</param>
/// <param name="Verdict">The verdict that has admitted it; null where it was overridden.</param>
/// <param name="Override">Why it was let through without a verdict; null where one has admitted it.</param>
public sealed record RecordedRelease(
    DateTimeOffset At,
    string User,
    string Environment,
    IReadOnlyDictionary<string, string> Images,
    string ConfigSha256,
    string GatesSha256,
    string? SafeSettingsSha256,
    RecordedVerdict? Verdict,
    string? Override
);

/// <summary>The verdict that has admitted a release.</summary>
/// <param name="Run">The run that has given it.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="AttestationSha256">SHA-256 of its signed statement, which lies beside the images; null where it is not signed.</param>
/// <param name="SignedBy">Fingerprint of the key whose signature was asked for; null where none was.</param>
public sealed record RecordedVerdict(string Run, string Profile, string? AttestationSha256, string? SignedBy);
