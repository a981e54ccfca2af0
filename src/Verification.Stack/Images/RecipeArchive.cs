using System.IO.Compression;
using System.Security.Cryptography;

namespace Verification.Stack.Images;

/// <summary>A distribution that no package holds: a .tar.gz that whoever runs this has, named by an environment variable.</summary>
/// <param name="Variable">The variable with its path.</param>
/// <param name="Sha256">What the file must be, lower-case hexadecimal.</param>
/// <param name="Folder">Where it goes, without its own first folder.</param>
internal sealed record RecipeArchive(string Variable, string Sha256, string Folder)
{
    /// <summary>Whether the variable names a file.</summary>
    public bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The file, once it is known to be the right one.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set, there is no such file, or it is another one.</exception>
    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        if (!IsGiven)
            throw new InvalidOperationException($"{Variable} is not set; it names the distribution, a .tar.gz");
        var file = Environment.GetEnvironmentVariable(Variable)!;
        if (!File.Exists(file))
            throw new InvalidOperationException($"{Variable} names {file}, which is not there");
        var content = File.OpenRead(file);
        await using var disposal = content.ConfigureAwait(false);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        return digest == Sha256
            ? file
            : throw new InvalidOperationException($"{Variable} names {file}, which is not the pinned distribution: its SHA-256 is {digest}, expected {Sha256}");
    }

    /// <summary>Lays what it holds into a root file system.</summary>
    public async Task AddToAsync(RootFileSystem system, CancellationToken cancellationToken)
    {
        var packed = File.OpenRead(await FindAsync(cancellationToken).ConfigureAwait(false));
        await using var disposal = packed.ConfigureAwait(false);
        var tar = new GZipStream(packed, CompressionMode.Decompress);
        await using var unpacking = tar.ConfigureAwait(false);
        await system.AddTarAsync(tar, InPlace, cancellationToken).ConfigureAwait(false);
    }

    private string InPlace(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Folder : $"{Folder}/{path[(slash + 1)..]}";
    }
}
