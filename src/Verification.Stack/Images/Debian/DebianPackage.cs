using CliWrap;
using CliWrap.Buffered;

namespace Verification.Stack.Images.Debian;

/// <summary>A package as the signed index of its suite describes it.</summary>
/// <param name="Name">Package name.</param>
/// <param name="Version">Version, with epoch and revision.</param>
/// <param name="Address">Where it is downloaded from.</param>
/// <param name="Sha256">SHA-256 of the file, hexadecimal, lower case.</param>
/// <param name="Size">Size of the file, bytes.</param>
internal sealed record DebianPackage(string Name, string Version, Uri Address, string Sha256, long Size)
{
    /// <summary>The version of the software alone: no epoch, no repack mark, no revision.</summary>
    public string SoftwareVersion => Version[(Version.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('-', '+', '~')[0];

    /// <summary>What the file of a package says of it: the fields of its control file.</summary>
    /// <exception cref="CliWrap.Exceptions.CommandExecutionException">dpkg-deb can't read it.</exception>
    public static async Task<string> DescribeAsync(string file, CancellationToken cancellationToken) =>
        (
            await Cli.Wrap("dpkg-deb").WithArguments(["--field", file]).ExecuteBufferedAsync(cancellationToken).ConfigureAwait(false)
        ).StandardOutput;

    /// <summary>Reads what <c>apt-cache show</c> prints.</summary>
    /// <exception cref="FormatException">A package lacks a field.</exception>
    public static IReadOnlyList<DebianPackage> Parse(string text, Uri mirror)
    {
        var packages = new List<DebianPackage>();
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var fields = paragraph
                .Split('\n')
                .Where(l => l.Length > 0 && l[0] != ' ' && l.Contains(": ", StringComparison.Ordinal))
                .Select(l => l.Split(": ", 2))
                .GroupBy(f => f[0])
                .ToDictionary(g => g.Key, g => g.First()[1].Trim());
            string Field(string name) =>
                fields.TryGetValue(name, out var value)
                    ? value
                    : throw new FormatException($"The index describes a package without {name}: {paragraph.Split('\n')[0]}.");
            packages.Add(
                new DebianPackage(
                    Field("Package"),
                    Field("Version"),
                    new Uri(mirror, Field("Filename")),
                    Field("SHA256").ToLowerInvariant(),
                    long.Parse(Field("Size"))
                )
            );
        }

        return packages;
    }
}
