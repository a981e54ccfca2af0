using System.IO.Compression;
using System.Security.Cryptography;
using CliWrap;

namespace Verification.Stack.Images;

/// <summary>A distribution that no package holds: a .tar.gz or .tar.xz that whoever runs this has, named by an environment
/// variable.</summary>
/// <param name="Variable">The variable with its path.</param>
/// <param name="Sha256">What the file must be, lower-case hexadecimal.</param>
/// <param name="Folder">Where it goes, without its own first folder.</param>
internal sealed record RecipeArchive(string Variable, string Sha256, string Folder)
{
    private const string Unpacker = "xz";
    private static readonly byte[] XzMark = [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>Whether the variable names a file.</summary>
    public bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The file, once it is known to be the right one.</summary>
    /// <exception cref="MissingPieceException">The variable is not set, there is no such file, or it is another one.</exception>
    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        if (!IsGiven)
            throw new MissingPieceException($"{Variable} is not set; it names the distribution, a .tar.gz or .tar.xz", null);
        var file = Environment.GetEnvironmentVariable(Variable)!;
        if (!File.Exists(file))
            throw new MissingPieceException($"{Variable} names {file}, which is not there", Variable);
        var content = File.OpenRead(file);
        await using var disposal = content.ConfigureAwait(false);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        if (digest != Sha256)
            throw new MissingPieceException(
                $"{Variable} names {file}, which is not the pinned distribution: its SHA-256 is {digest}, expected {Sha256}",
                Variable
            );
        // .NET does not read this format.
        if (await IsXzAsync(file, cancellationToken).ConfigureAwait(false) && ProgramPlaces.Of(Unpacker).Count == 0)
            throw new MissingPieceException(
                $"{Variable} names {file}, which {Unpacker} unpacks (package xz-utils), and that is in no folder of {ProgramPlaces.Looked()}",
                Variable
            );
        return file;
    }

    /// <summary>Lays what it holds into a root file system.</summary>
    public async Task AddToAsync(RootFileSystem system, CancellationToken cancellationToken)
    {
        var file = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (await IsXzAsync(file, cancellationToken).ConfigureAwait(false))
        {
            await system
                .AddOutputAsync(
                    Cli.Wrap(ProgramPlaces.Of(Unpacker)[0]).WithArguments(["--decompress", "--stdout", file]),
                    InPlace,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return;
        }

        var packed = File.OpenRead(file);
        await using var disposal = packed.ConfigureAwait(false);
        var tar = new GZipStream(packed, CompressionMode.Decompress);
        await using var unpacking = tar.ConfigureAwait(false);
        await system.AddTarAsync(tar, InPlace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the file is, whatever it is called.</summary>
    private static async Task<bool> IsXzAsync(string file, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(file);
        await using var disposal = content.ConfigureAwait(false);
        var mark = new byte[XzMark.Length];
        return await content.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
                == mark.Length
            && mark.AsSpan().SequenceEqual(XzMark);
    }

    private string InPlace(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Folder : $"{Folder}/{path[(slash + 1)..]}";
    }
}
