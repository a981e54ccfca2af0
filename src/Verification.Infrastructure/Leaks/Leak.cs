namespace Verification.Infrastructure.Leaks;

/// <summary>A text that looks like a secret.</summary>
/// <param name="Rule">Id of the rule that it fits; of several, all.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Commit">The commit that brought it; empty where no history was searched.</param>
public sealed record Leak(string Rule, string File, int Line, string Commit)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{File}:{Line}{(Commit.Length > 0 ? $" of commit {Commit[..Math.Min(Commit.Length, 12)]}" : string.Empty)} has what looks like a secret ({Rule})";
}
