namespace Verification.Gate.Tools;

/// <summary>The checksum file of a release: lines of a hash and a name, as <c>sha256sum</c> writes them, or a hash alone.</summary>
internal static class ChecksumFile
{
    private const int Digits = 64;

    /// <summary>The SHA-256 that it has for a file; null where it has none.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="name">Name of the file, without a folder.</param>
    /// <returns>Lower-case hexadecimal digits.</returns>
    public static string? HashOf(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [var hash, ..] && IsHash(hash) && (words.Length == 1 || (words.Length == 2 && words[1].TrimStart('*') == name)))
                return hash.ToLowerInvariant();
        }

        return null;
    }

    /// <summary>Whether a text is a SHA-256 in hexadecimal digits.</summary>
    public static bool IsHash(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigit);
}
