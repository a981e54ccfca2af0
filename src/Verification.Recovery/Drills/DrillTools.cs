using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Verification.Recovery;

/// <summary>By what a drill was done.</summary>
/// <param name="Image">The image of the procedures, name and tag.</param>
/// <param name="Digest">Its content id (<c>sha256:…</c>).</param>
/// <param name="Versions">The version of each program in it that touches data, by its name.</param>
/// <param name="Procedures">The SHA-256 of each program of <c>config/backup</c>, by its name, lower-case hexadecimal.</param>
public sealed partial record DrillTools(
    string Image,
    string Digest,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyDictionary<string, string> Procedures
)
{
    /// <summary>Commands by which the programs of the image tell their versions.</summary>
    internal const string Ask = "mysqld --version; restic version";

    /// <summary>Those of an image and a folder.</summary>
    /// <param name="image">Name and tag of the image.</param>
    /// <param name="digest">Its content id.</param>
    /// <param name="told">What its programs have told of their versions; what none has told is left out.</param>
    /// <param name="folder">The folder of the procedures.</param>
    /// <exception cref="IOException">A procedure can't be read.</exception>
    public static DrillTools Of(string image, string digest, string told, string folder) =>
        new(
            image,
            digest,
            Told()
                .Matches(told)
                .DistinctBy(version => version.Groups["name"].Value)
                .ToDictionary(version => version.Groups["name"].Value, version => version.Groups["version"].Value, StringComparer.Ordinal),
            Directory
                .EnumerateFiles(folder)
                .Order(StringComparer.Ordinal)
                .ToDictionary(
                    file => Path.GetFileName(file),
                    file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                    StringComparer.Ordinal
                )
        );

    [GeneratedRegex("(?<name>mysqld|restic) +(?:Ver )?(?<version>[0-9][^ \\n]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Told();
}
