namespace Verification.Recovery;

/// <summary>Where backups are, and what opens them.</summary>
/// <param name="Base">The repository of bases, as restic names it: <c>s3:https://HOST/BUCKET/PATH</c>.</param>
/// <param name="Binlogs">That of closed binary logs.</param>
/// <param name="Tail">That of the open ones.</param>
/// <param name="Key">The key of all three.</param>
/// <param name="Credentials">A credentials file of AWS; null for a target that asks for none. They need to read, and nothing else.</param>
public sealed record BackupTarget(string Base, string Binlogs, string Tail, string Key, string? Credentials);
