using System.Formats.Tar;
using Verification.Stack.Engine;
using Verification.Stack.Images.Saved;

namespace Verification.Stack.Images.Contents;

/// <summary>The packages that an image holds, as far as the image tells: those of dpkg and of NuGet.</summary>
/// <param name="Packages">In the order of their package URLs.</param>
public sealed record ImageContents(IReadOnlyList<ImagePackage> Packages)
{
    /// <summary>In a layer: what lay there below is gone.</summary>
    private const string Gone = ".wh.";

    /// <summary>In a folder of a layer: all that lay in it below is gone.</summary>
    private const string AllGone = ".wh..wh..opq";

    /// <summary>Reads an image of an engine. No container is started.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="image">Its name or id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">A list in it can't be read; the message names image and file.</exception>
    public static async Task<ImageContents> OfAsync(DockerEngine engine, string image, CancellationToken cancellationToken)
    {
        try
        {
            var saved = await new EngineImages(engine).SaveAsync(image, cancellationToken).ConfigureAwait(false);
            await using var disposal = saved.ConfigureAwait(false);
            return await OfAsync(saved, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new FormatException($"What {image} holds can't be told: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="OfAsync(DockerEngine, string, CancellationToken)" />
    internal static async Task<ImageContents> OfAsync(SavedImage image, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var layer in image.Layers)
            await LayAsync(files, image.LayerTar(layer), cancellationToken).ConfigureAwait(false);
        return new ImageContents([
            .. files
                .SelectMany(file => PackageLists.Read(file.Key, file.Value))
                .DistinctBy(package => package.Purl)
                .OrderBy(package => package.Purl, StringComparer.Ordinal),
        ]);
    }

    /// <summary>Lays a layer over what lies below it.</summary>
    private static async Task LayAsync(Dictionary<string, byte[]> files, Stream layer, CancellationToken cancellationToken)
    {
        var added = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var reader = new TarReader(layer, leaveOpen: true);
        await using var disposal = reader.ConfigureAwait(false);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var path = (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name).Trim('/');
            var name = path[(path.LastIndexOf('/') + 1)..];
            var folder = path[..^name.Length];
            if (name == AllGone)
                Remove(files, below: folder);
            else if (name.StartsWith(Gone, StringComparison.Ordinal))
                Remove(files, below: $"{folder}{name[Gone.Length..]}/", $"{folder}{name[Gone.Length..]}");
            else if (PackageLists.Has(path) && entry.DataStream is { } content)
                added[path] = await ReadAsync(content, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (path, content) in added)
            files[path] = content;
    }

    private static void Remove(Dictionary<string, byte[]> files, string below, string? itself = null)
    {
        foreach (var path in files.Keys.Where(path => path == itself || path.StartsWith(below, StringComparison.Ordinal)).ToList())
            files.Remove(path);
    }

    private static async Task<byte[]> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }
}
