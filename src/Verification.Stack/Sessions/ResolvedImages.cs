using System.Text.Json;
using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Stack.Sessions;

/// <summary>The images that whoever starts a test process has resolved: the process starts exactly these, and looks for none
/// itself.</summary>
/// <param name="Platform">The image of each component of the stack.</param>
/// <param name="Previous">The image of each service of the previous release; empty where none was named.</param>
public sealed record ResolvedImages(IReadOnlyList<ComponentImage> Platform, IReadOnlyList<ComponentImage> Previous)
{
    private static readonly JsonSerializerOptions Json = new(DocumentReader.Json)
    {
        WriteIndented = false,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>As one line, for a variable.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads such a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="variable">The variable it stands in, for the message.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static ResolvedImages Parse(string text, string variable)
    {
        try
        {
            return JsonSerializer.Deserialize<ResolvedImages>(text, Json) ?? throw new ArgumentException($"{variable} holds no images.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{variable} cannot be read: {e.Message} The gate sets it; unset it elsewhere.", e);
        }
    }

    /// <summary>What they are to be by content and what the engine has under their names now, where that differs; nothing is pulled or
    /// made.</summary>
    /// <param name="store">Where they are looked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One phrase for each that differs.</returns>
    public async Task<IReadOnlyList<string>> ChangedAsync(ImageStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return
        [
            .. await ChangedAsync(store, Platform, cancellationToken).ConfigureAwait(false),
            .. await ChangedAsync(store, Previous, cancellationToken).ConfigureAwait(false),
        ];
    }

    private static async Task<IEnumerable<string>> ChangedAsync(
        ImageStore store,
        IReadOnlyList<ComponentImage> images,
        CancellationToken cancellationToken
    )
    {
        var named = new ImageOverrides(images.ToDictionary(image => image.Component, image => image.Image, StringComparer.Ordinal));
        var here = await store.LookAsync([.. images.Select(image => image.Component)], named, cancellationToken).ConfigureAwait(false);
        return images
            .Where(image => !here.TryGetValue(image.Component, out var seen) || seen.Digest != image.Digest)
            .Select(image =>
                $"{image.Component}: {image.Image} was {image.Digest}, and is {(here.TryGetValue(image.Component, out var seen) ? seen.Digest : "gone")}"
            );
    }
}
