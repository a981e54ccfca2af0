namespace Verification.Chaos.Faults;

/// <summary>What became of a question that was asked through a link.</summary>
/// <param name="Took">How long the answer took; null where none came.</param>
/// <param name="Ended">How the connection ended before an answer came; null where it did not.</param>
internal sealed record LinkAnswer(TimeSpan? Took, string? Ended)
{
    /// <summary>Whether nothing came at all, neither an answer nor an end.</summary>
    public bool IsSilent => Took is null && Ended is null;
}
