namespace Verification.Stack.Images.Sources;

/// <summary>One way to the image of a component.</summary>
internal interface IImageSource
{
    /// <summary>Tries it.</summary>
    /// <param name="tried">What the ways before it said, the last one last.</param>
    /// <param name="cancellationToken">Ends it; nothing half-made stays.</param>
    Task<SourceAnswer> TryAsync(IReadOnlyList<string> tried, CancellationToken cancellationToken);
}

/// <summary>An image, or why it can't be had this way.</summary>
/// <param name="Image">The image; null where it can't be had.</param>
/// <param name="Reason">Why it can't.</param>
/// <param name="NamedBy">The variable that names what is missing for it, if that is set; null otherwise.</param>
internal sealed record SourceAnswer(ComponentImage? Image, string Reason, string? NamedBy = null)
{
    /// <summary>Whether who was asked did not answer: then it may be there all the same.</summary>
    public bool IsSilence { get; init; }

    public static SourceAnswer Found(ComponentImage image) => new(image, "");

    /// <summary>It can't be had this way.</summary>
    /// <param name="reason">The way, a colon, and what is in it: one phrase.</param>
    /// <param name="namedBy">The variable that names what is missing, if that is set.</param>
    public static SourceAnswer Not(string reason, string? namedBy = null) => new(null, reason, namedBy);
}
