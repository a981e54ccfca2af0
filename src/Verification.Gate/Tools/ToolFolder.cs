using System.Security.Cryptography;
using Verification.Gate.Commands;

namespace Verification.Gate.Tools;

/// <summary>The folder that <c>VERIFY_TOOLS</c> names, while one call fills it. What is downloaded lies in a folder of its own inside until
/// it is known to be right; a program is in its place whole or not at all.</summary>
internal sealed class ToolFolder : IDisposable
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    // errno, as .NET hands it on in an IOException.
    private const int NoSpace = 28;
    private const int NoQuota = 122;
    private readonly FileStream held;

    private ToolFolder(string path, string workshop, FileStream held) => (Path, Workshop, this.held) = (path, workshop, held);

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Where things lie that are in the making, and what is known of those that are made.</summary>
    public string Workshop { get; }

    /// <summary>Opens it, and makes it where it is not there.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="MachineException">Another call fills it.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public static ToolFolder Open(string path)
    {
        var workshop = System.IO.Path.Combine(path, ".releases");
        Directory.CreateDirectory(workshop);
        var mark = System.IO.Path.Combine(workshop, ".lock");
        try
        {
            return new ToolFolder(path, workshop, new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(mark) && e.HResult is not (NoSpace or NoQuota))
        {
            throw new MachineException($"another ./verify tools fills {path}: let it end, or name another folder with --to.");
        }
    }

    /// <summary>Where a program lies.</summary>
    public string PlaceOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Puts the program of a release into its place, unless it is there.</summary>
    /// <param name="release">The release.</param>
    /// <param name="locked">What it must be, besides what its project says; null where it is not locked.</param>
    /// <param name="download">Gets what is missing.</param>
    /// <param name="cancellationToken">Ends it; the next call goes on with what has come.</param>
    /// <exception cref="ToolException">It can't be had; nothing of it is in its place.</exception>
    public async Task<PlacedTool> PutAsync(Release release, string? locked, ResumingDownload download, CancellationToken cancellationToken)
    {
        var place = PlaceOf(release.Name);
        var note = System.IO.Path.Combine(Workshop, release.Name);
        if (File.Exists(place))
        {
            if (!File.Exists(note))
                return new PlacedTool("lies there, and not from here: left as it is", null);
            if (
                await File.ReadAllLinesAsync(note, cancellationToken).ConfigureAwait(false) is [var address, var archive, var program]
                && address == release.Address.AbsoluteUri
                && (locked ?? archive) == archive
                && await HashOfAsync(place, cancellationToken).ConfigureAwait(false) == program
            )
                return new PlacedTool("is there", archive);
        }

        var part = System.IO.Path.Combine(Workshop, $"{release.FileName}.part");
        var made = System.IO.Path.Combine(Workshop, $"{release.Name}.new");
        try
        {
            var hash = await ExpectedAsync(release, locked, download, cancellationToken).ConfigureAwait(false);
            await download.ToFileAsync(release.Address, part, cancellationToken).ConfigureAwait(false);
            if (await HashOfAsync(part, cancellationToken).ConfigureAwait(false) is var seen && seen != hash)
            {
                File.Delete(part);
                throw new ToolException(
                    $"{release.Address} has the SHA-256 {seen}, expected {hash}: it was thrown away; where the next call sees the same, do not trust it"
                );
            }

            await ReleaseArchive.TakeAsync(release, part, made, cancellationToken).ConfigureAwait(false);
            File.SetUnixFileMode(made, Executable);
            // First: a program without a note would be taken for somebody's own.
            await File.WriteAllLinesAsync(
                    note,
                    [release.Address.AbsoluteUri, hash, await HashOfAsync(made, cancellationToken).ConfigureAwait(false)],
                    cancellationToken
                )
                .ConfigureAwait(false);
            File.Move(made, place, overwrite: true);
            File.Delete(part);
            return new PlacedTool($"from {release.Address}, SHA-256 {hash}", hash);
        }
        catch (IOException e) when (e.HResult is NoSpace or NoQuota)
        {
            File.Delete(part);
            throw new ToolException(
                $"{Path} has no room for it ({e.Message.TrimEnd('.')}): make room there, or name another folder with --to"
            );
        }
        finally
        {
            File.Delete(made);
        }
    }

    /// <inheritdoc />
    public void Dispose() => held.Dispose();

    /// <summary>What a release must be: as its project says, and as it was when it was locked.</summary>
    private static async Task<string> ExpectedAsync(
        Release release,
        string? locked,
        ResumingDownload download,
        CancellationToken cancellationToken
    )
    {
        var said = release.Sha256;
        if (release.Checksums is { } checksums)
        {
            said =
                ChecksumFile.HashOf(await download.TextAsync(checksums, cancellationToken).ConfigureAwait(false), release.FileName)
                ?? throw new ToolException(
                    $"{checksums} has no SHA-256 of {release.FileName}: correct its checksums in config/versions.yaml"
                );
        }

        return locked is null || locked == said
            ? said!
            : throw new ToolException(
                $"{release.Address} was locked as {locked}, and now is to be {said}: who has changed a release that was out? Where that was meant, take its line from config/tools.lock"
            );
    }

    private static async Task<string> HashOfAsync(string file, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(file);
        await using var closing = content.ConfigureAwait(false);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
    }
}

/// <summary>A program that is in its place.</summary>
/// <param name="How">How it came there, in a phrase.</param>
/// <param name="Sha256">What its release is; null where it comes from none.</param>
internal sealed record PlacedTool(string How, string? Sha256);
