using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;

namespace Verification.Infrastructure.Leaks;

/// <summary>Lays down what can be read of an image as an engine saves it: its configuration, and the texts of each layer, also of those
/// that a layer above has taken away again. Each gets the ending <c>.txt</c>: a search that leaves files out by their name leaves out
/// none. Each folder of a layer gets the ending <c>_</c>: gitleaks goes into no <c>node_modules</c>, <c>vendor/ruby</c> and
/// others.</summary>
public static class ImageFiles
{
    /// <summary>What all of them end with.</summary>
    public const string Ending = ".txt";

    /// <summary>A longer text is data, and nobody's secret: 8 MiB.</summary>
    private const long Longest = 8 << 20;

    /// <summary>Where a tar says that it is one, and what it says.</summary>
    private const int MarkOfTar = 257;

    private const int Head = 8 << 10;
    private static readonly byte[] Tar = "ustar"u8.ToArray();
    private static readonly byte[] Gzip = [0x1f, 0x8b];
    private static readonly byte[] Zstandard = [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Lays them down.</summary>
    /// <param name="saved">The image as it is saved: a tar, of Docker's form or OCI's.</param>
    /// <param name="folder">Where they go, a folder for each layer; one that lies there already is left as it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">It is no saved image, or a layer of it can't be read.</exception>
    public static async Task LayDownAsync(Stream saved, string folder, CancellationToken cancellationToken)
    {
        // A layer has no name of its own in Docker's form: the folder that it lies in has.
        var file = new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        await using var disposal = file.ConfigureAwait(false);
        await saved.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        var layers = 0;
        try
        {
            var reader = new TarReader(file);
            await using var reading = reader.ConfigureAwait(false);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.DataStream is not { } content)
                    continue;
                var target = Path.Combine(folder, entry.Name.TrimEnd('/').Replace('/', '-'));
                if (await TarOfAsync(content, cancellationToken).ConfigureAwait(false) is { } layer)
                {
                    layers++;
                    if (!Directory.Exists(target))
                        await LayLayerDownAsync(layer, target, cancellationToken).ConfigureAwait(false);
                }
                else
                    await WriteTextAsync(content, entry.Length, target, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException($"it is no saved image: {e.Message}", e);
        }

        if (layers == 0)
            throw new FormatException("it is no saved image: there is no layer in it.");
    }

    private static async Task LayLayerDownAsync(Stream layer, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var reader = new TarReader(layer, leaveOpen: true);
        await using var reading = reader.ConfigureAwait(false);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            // A name may be anything, and must not lead out of the folder.
            var target = Path.GetFullPath(Path.Combine(folder, entry.Name.TrimStart('/')));
            if (entry.DataStream is not { } content || !target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                continue;
            var named = Path.GetRelativePath(folder, target).Replace("/", "_/", StringComparison.Ordinal);
            await WriteTextAsync(content, entry.Length, Path.Combine(folder, named), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is a text: no NUL at its beginning.</summary>
    private static async Task WriteTextAsync(Stream content, long length, string target, CancellationToken cancellationToken)
    {
        if (length is 0 or > Longest)
            return;
        var head = ArrayPool<byte>.Shared.Rent(Head);
        try
        {
            var read = await content
                .ReadAtLeastAsync(head.AsMemory(0, Head), Head, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (head.AsSpan(0, read).Contains((byte)0))
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var file = File.Create(target + Ending);
            await using var disposal = file.ConfigureAwait(false);
            await file.WriteAsync(head.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <returns>The tar that a part of the image is, packed or not; null for another part.</returns>
    private static async Task<Stream?> TarOfAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[MarkOfTar + Tar.Length];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        if (head.AsSpan(0, read).StartsWith(Gzip))
            return new GZipStream(content, CompressionMode.Decompress);
        if (head.AsSpan(0, read).StartsWith(Zstandard))
            throw new FormatException(
                "a layer of it is packed by zstd, which is not read here: have the engine save it by gzip or not packed."
            );
        return head.AsSpan(Math.Min(read, MarkOfTar), Math.Max(0, read - MarkOfTar)).SequenceEqual(Tar) ? content : null;
    }
}
