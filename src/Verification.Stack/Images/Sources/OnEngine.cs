using Docker.DotNet.Models;
using Verification.Objectives;

namespace Verification.Stack.Images.Sources;

/// <summary>An image that the engine has: asking costs no network and changes nothing.</summary>
/// <param name="images">The engine's images.</param>
/// <param name="component">Component it is for.</param>
/// <param name="name">The name it would have; null while what it stands on is not here.</param>
/// <param name="source">Where it came from, for people: one phrase.</param>
internal sealed class OnEngine(EngineImages images, string component, Func<CancellationToken, Task<ImageName?>> name, string source)
    : IImageSource
{
    public OnEngine(EngineImages images, string component, ImageName name, string source)
        : this(images, component, _ => Task.FromResult<ImageName?>(name), source) { }

    /// <summary>See <see cref="ComponentImage.Caveat"/>.</summary>
    public string? Caveat { get; init; }

    /// <summary>Version of the software where the image does not tell it.</summary>
    public string? Version { get; init; }

    /// <summary>Whether it stands in for an answer of the registry: then it is said since when it lies here, and why nobody was
    /// asked.</summary>
    public bool InPlaceOfRegistry { get; init; }

    public async Task<SourceAnswer> TryAsync(IReadOnlyList<string> tried, CancellationToken cancellationToken)
    {
        if (await name(cancellationToken).ConfigureAwait(false) is not { } wanted)
            return SourceAnswer.Not("engine: what it stands on is not there");
        if (await images.FindAsync(wanted.OnEngine, cancellationToken).ConfigureAwait(false) is not { } seen)
            return SourceAnswer.Not($"engine: it has no {wanted}");
        var caveats = new[]
        {
            Caveat,
            InPlaceOfRegistry
                ? $"{Since(seen)}; {tried.LastOrDefault(reason => reason.StartsWith("registry", StringComparison.Ordinal)) ?? "no registry was asked"}"
                : null,
        };
        return SourceAnswer.Found(
            new ComponentImage(component, wanted.OnEngine, DigestOf(seen, wanted), VersionOf(seen) ?? Version ?? wanted.Version, source)
            {
                Caveat = caveats.OfType<string>().ToList() is { Count: > 0 } several ? string.Join("; ", several) : null,
            }
        );
    }

    /// <summary>Since when an engine has an image under its name, as far as it knows.</summary>
    internal static string Since(ImageInspectResponse image) =>
        image.Metadata?.LastTagTime is { Year: > 1 } tagged
            ? $"it lies here since {tagged.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"
            : $"it was made {image.Created?.ToUniversalTime():yyyy-MM-dd HH:mm} UTC";

    /// <summary>
    /// The digest that was asked for; else the one by which this repository knows the image, or another one does; else the engine's id.
    /// That is what an image
    /// made here has, wherever it was pushed to meanwhile.
    /// </summary>
    internal static string DigestOf(ImageInspectResponse image, ImageName wanted)
    {
        var known = (image.RepoDigests ?? []).Select(each => each.Split('@', 2)).Where(each => each.Length == 2).ToList();
        return wanted.Digest
            ?? known.Find(each => each[0] == wanted.Familiar)?[1]
            ?? (ContentTags.IsOne(wanted) ? null : known.FirstOrDefault()?[1])
            ?? image.ID;
    }

    private static string? VersionOf(ImageInspectResponse image)
    {
        var labels = image.Config?.Labels;
        return labels is not null && labels.TryGetValue(EngineImages.VersionLabel, out var version) ? version : null;
    }
}
