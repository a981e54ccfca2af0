using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verification.Stack.Images.Saved;

/// <summary>An image as an engine saves it (Docker image specification 1.2): a tar with its configuration and a tar of each layer, in a
/// file that goes with this.</summary>
internal sealed class SavedImage : IAsyncDisposable
{
    private static readonly byte[] GzipMark = [0x1f, 0x8b];
    private readonly FileStream file;
    private readonly TarReader reader;
    private readonly Dictionary<string, TarEntry> entries = new(StringComparer.Ordinal);
    private Manifest manifest = new("", []);

    private SavedImage(FileStream file) => (this.file, reader) = (file, new TarReader(file));

    /// <summary>The layers, the lowest first.</summary>
    public IReadOnlyList<string> Layers => manifest.Layers;

    /// <summary>Reads what an engine writes.</summary>
    /// <exception cref="FormatException">It is no saved image.</exception>
    public static async Task<SavedImage> ReadAsync(Stream saved, CancellationToken cancellationToken)
    {
        var image = new SavedImage(
            new FileStream(
                Path.GetTempFileName(),
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1 << 16,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous
            )
        );
        try
        {
            await saved.CopyToAsync(image.file, cancellationToken).ConfigureAwait(false);
            image.file.Position = 0;
            while (await image.reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                image.entries[entry.Name] = entry;
            image.manifest =
                (
                    await JsonSerializer
                        .DeserializeAsync<Manifest[]>(image.Open("manifest.json"), cancellationToken: cancellationToken)
                        .ConfigureAwait(false)
                )?.FirstOrDefault() ?? throw new FormatException("What the engine has saved names no image.");
            return image;
        }
        catch
        {
            await image.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What the image is beside its layers.</summary>
    public JsonObject Configuration() => JsonNode.Parse(Open(manifest.Config))!.AsObject();

    /// <summary>A layer as it was saved. Only one is read at a time.</summary>
    /// <exception cref="FormatException">It was not saved.</exception>
    public Stream Layer(string name) => Open(name);

    /// <summary>The tar of a layer. Only one is read at a time.</summary>
    /// <exception cref="FormatException">It was not saved.</exception>
    public Stream LayerTar(string name)
    {
        var layer = Open(name);
        var mark = new byte[GzipMark.Length];
        var isPacked =
            layer.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.AsSpan().SequenceEqual(GzipMark);
        layer.Position = 0;
        return isPacked ? new GZipStream(layer, CompressionMode.Decompress) : layer;
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync().ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
    }

    private Stream Open(string name)
    {
        var entry = entries.GetValueOrDefault(name);
        // A layer that is the same as another is saved once.
        if (entry?.EntryType is TarEntryType.SymbolicLink)
            entry = entries.GetValueOrDefault(
                Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(name)!, entry.LinkName)))
            );
        var content = entry?.DataStream ?? throw new FormatException($"What the engine has saved lacks {name}.");
        content.Position = 0;
        return content;
    }

    private sealed record Manifest(string Config, IReadOnlyList<string> Layers);
}
