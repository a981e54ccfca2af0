namespace Verification.Stack.Images;

/// <summary>A program or distribution that a recipe is made of is in none of its places, or is another one.</summary>
/// <param name="message">Which, where it was looked for, what was there instead: a phrase.</param>
/// <param name="namedBy">The variable that names where it is, if that is set: then it should have been there. Null otherwise.</param>
internal sealed class MissingPieceException(string message, string? namedBy) : Exception(message)
{
    /// <summary>The variable that names where it is, if that is set; null otherwise.</summary>
    public string? NamedBy { get; } = namedBy;
}
