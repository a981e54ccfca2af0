using System.Text;
using System.Text.Json;

namespace Verification.Stack.Images.Contents;

/// <summary>The files by which an image tells what it holds: dpkg's list of packages, and the dependencies of .NET programs.</summary>
internal static class PackageLists
{
    /// <summary>Where dpkg keeps its list.</summary>
    public const string OfDpkg = "var/lib/dpkg/status";

    /// <summary>Where images without dpkg keep a list for each package.</summary>
    private const string OfEach = "var/lib/dpkg/status.d/";

    private const string OfDotnet = ".deps.json";
    private const string HashMark = "sha512-";

    /// <summary>Whether a path (no leading slash) is such a file.</summary>
    public static bool Has(string path) =>
        path == OfDpkg
        || path.EndsWith(OfDotnet, StringComparison.Ordinal)
        || (path.StartsWith(OfEach, StringComparison.Ordinal) && !path.EndsWith(".md5sums", StringComparison.Ordinal));

    /// <summary>The packages that such a file names.</summary>
    /// <exception cref="FormatException">It can't be read; the message names it.</exception>
    public static IEnumerable<ImagePackage> Read(string path, byte[] content)
    {
        try
        {
            return path.EndsWith(OfDotnet, StringComparison.Ordinal) ? Dotnet(content) : Dpkg(Encoding.UTF8.GetString(content));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"/{path} is no list of packages: {e.Message}", e);
        }
    }

    /// <summary>dpkg's list of packages that lie as a whole in an image.</summary>
    /// <param name="descriptions">What each package says of itself, as <c>dpkg-deb --field</c> prints it.</param>
    public static string Write(IEnumerable<string> descriptions) =>
        string.Concat(descriptions.Order(StringComparer.Ordinal).Select(each => $"{each.Trim()}\nStatus: install ok installed\n\n"));

    private static List<ImagePackage> Dpkg(string text)
    {
        var packages = new List<ImagePackage>();
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var fields = paragraph
                .Split('\n')
                .Where(line => line is not [' ' or '\t', ..])
                .Select(line => line.Split(": ", 2))
                .Where(field => field.Length == 2)
                .ToDictionary(field => field[0], field => field[1].Trim(), StringComparer.Ordinal);
            // Of one that was removed and has left its configuration, dpkg keeps a paragraph.
            if (!fields.TryGetValue("Status", out var status) || status.EndsWith(" installed", StringComparison.Ordinal))
                packages.Add(ImagePackage.OfDebian(fields["Package"], fields["Version"], fields["Architecture"]));
        }

        return packages;
    }

    private static List<ImagePackage> Dotnet(byte[] content)
    {
        using var json = JsonDocument.Parse(content);
        return
        [
            .. json
                .RootElement.GetProperty("libraries")
                .EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => (Name: library.Name.Split('/'), Hash: library.Value.GetProperty("sha512").GetString()!))
                .Select(library =>
                    ImagePackage.OfNuGet(
                        library.Name[0],
                        library.Name[1],
                        library.Hash.StartsWith(HashMark, StringComparison.Ordinal)
                            ? Convert.ToHexStringLower(Convert.FromBase64String(library.Hash[HashMark.Length..]))
                            : null
                    )
                ),
        ];
    }
}
