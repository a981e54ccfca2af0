using Verification.Objectives;

namespace Verification.Stack.Images;

/// <summary>The image that a component runs from.</summary>
/// <param name="Component">Component, as <c>config/versions.yaml</c> names it.</param>
/// <param name="Image">Name under which the engine has it.</param>
/// <param name="Digest">What it is by content: the repository digest of a pulled image, else the engine's image id.</param>
/// <param name="Version">Version of the software in it, as far as known.</param>
/// <param name="Source">Where it came from, for people: one phrase.</param>
public sealed record ComponentImage(string Component, string Image, string Digest, string Version, string Source)
{
    /// <summary>Why this may not be what production runs (made here, named in place of another, its registry not asked): one phrase; null
    /// where nothing speaks against it.</summary>
    public string? Caveat { get; init; }

    /// <summary>As a run records it.</summary>
    public ComponentRecord ToRecord() => new(Component, Image, Digest, Version, Source, Caveat);
}
