using System.IO.Compression;
using System.Text;

namespace Verification.Infrastructure.Secrets;

/// <summary>Looks for secrets by their value in the files of a run.</summary>
/// <param name="secrets">The values.</param>
public sealed class SecretSearch(IReadOnlyCollection<string> secrets)
{
    private readonly IReadOnlyList<byte[]> values = [.. secrets.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The files below a folder, with those packed into them; links are not followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">Files that are left out: one that is held can't be read.</param>
    /// <returns>The path of each from the folder, and whether it holds a secret.</returns>
    public IReadOnlyList<(string File, bool Holds)> Below(string folder, params IReadOnlyList<string> except) =>
        [
            .. Directory
                .EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                )
                .Except(except, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .SelectMany(file =>
                    Contents(file)
                        .Select(content =>
                            (
                                Path.GetRelativePath(folder, file) + content.Name,
                                values.Any(value => content.Bytes.AsSpan().IndexOf(value) >= 0)
                            )
                        )
                ),
        ];

    private static IEnumerable<(string Name, byte[] Bytes)> Contents(string file)
    {
        var bytes = Read(file);
        yield return (string.Empty, bytes);
        if (!bytes.AsSpan().StartsWith("PK"u8))
            yield break;
        // A plan of Terraform is an archive.
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (var packed = entry.Open())
                packed.CopyTo(content);
            yield return ($"!{entry.FullName}", content.ToArray());
        }
    }

    // Others go on writing to theirs.
    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
