using System.Formats.Tar;
using System.IO.Compression;

namespace Verification.Gate.Tools;

/// <summary>Takes one file out of a release.</summary>
internal static class ReleaseArchive
{
    /// <summary>Writes the file of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="archive">What was downloaded.</param>
    /// <param name="target">Where the file goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolException">It is no archive, or holds no such file.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public static async Task TakeAsync(Release release, string archive, string target, CancellationToken cancellationToken)
    {
        var packed = File.OpenRead(archive);
        await using var closing = packed.ConfigureAwait(false);
        var file = File.Create(target);
        await using var finishing = file.ConfigureAwait(false);
        try
        {
            if (release.Entry is not { } entry)
                await packed.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            else if (
                !await (
                    release.IsZip
                        ? FromZipAsync(packed, entry, file, cancellationToken)
                        : FromTarAsync(packed, entry, file, cancellationToken)
                ).ConfigureAwait(false)
            )
                throw new ToolException($"{release.Address} holds no {entry}: correct its entry in config/versions.yaml");
        }
        catch (InvalidDataException e)
        {
            throw new ToolException(
                $"{release.Address} is no archive that can be read ({e.Message.TrimEnd('.')}): correct its release in config/versions.yaml"
            );
        }
    }

    private static async Task<bool> FromZipAsync(Stream packed, string entry, Stream target, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(packed, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry(entry) is not { } found)
            return false;
        using var content = await found.OpenAsync(cancellationToken).ConfigureAwait(false);
        await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> FromTarAsync(Stream packed, string entry, Stream target, CancellationToken cancellationToken)
    {
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new TarReader(unpacked, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (found.DataStream is not { } content || found.Name.TrimStart('.', '/') != entry)
                continue;
            await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return false;
    }
}
