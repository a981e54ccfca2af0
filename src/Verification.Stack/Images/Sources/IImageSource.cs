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
internal sealed record SourceAnswer(ComponentImage? Image, string Reason)
{
    public static SourceAnswer Found(ComponentImage image) => new(image, "");

    /// <summary>It can't be had this way.</summary>
    /// <param name="reason">The way, a colon, and what is in it: one phrase.</param>
    public static SourceAnswer Not(string reason) => new(null, reason);
}
