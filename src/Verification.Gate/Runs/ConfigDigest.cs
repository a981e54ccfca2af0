using System.Security.Cryptography;
using System.Text;

namespace Verification.Gate.Runs;

/// <summary>SHA-256 over the names and contents of a folder.</summary>
internal static class ConfigDigest
{
    /// <summary>Lower-case hexadecimal; that of nothing where the folder is not there.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (Directory.Exists(folder))
        {
            foreach (
                var file in Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .OrderBy(f => Path.GetRelativePath(folder, f), StringComparer.Ordinal)
            )
            {
                // Each part with its length before it, so that no two folders read alike.
                Append(hash, Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file).Replace('\\', '/')));
                Append(hash, File.ReadAllBytes(file));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>That of the content of one file, lower-case hexadecimal; null where it is not there.</summary>
    public static string? OfFile(string file) =>
        File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : null;

    private static void Append(IncrementalHash hash, byte[] part)
    {
        hash.AppendData(BitConverter.GetBytes((long)part.Length));
        hash.AppendData(part);
    }
}
