namespace Verification.Observability;

/// <summary>A line as it is found.</summary>
/// <param name="Pod">Who wrote it; null where nothing tells, as of a line that was refused.</param>
/// <param name="Message">What it says.</param>
/// <param name="Document">All that is stored of it, as JSON.</param>
public sealed record StoredLine(string? Pod, string Message, string Document);
