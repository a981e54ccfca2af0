using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Architecture;

/// <summary>Lines are as long as <c>.editorconfig</c> says, but for those that hold a literal: a sentence is looked for in one
/// piece.</summary>
public sealed partial class LineLengthTests
{
    private static readonly string[] Rooms = ["src", "tests", "services", "benchmarks"];

    private static readonly int Most = int.Parse(
        File.ReadLines(Path.Combine(Files.Root, ".editorconfig"))
            .Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal))
            .Split('=')[1],
        CultureInfo.InvariantCulture
    );

    [Fact]
    public void A_line_of_code_is_not_longer_than_the_formatter_makes_it()
    {
        var sources = Rooms
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Files.Root, room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Made().IsMatch(file));

        Assert.Empty(sources.SelectMany(TooLong).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("var a = 1;", 1)]
    [InlineData("var a = \"1\";", 0)]
    public void Only_a_literal_makes_a_line_longer(string line, int found)
    {
        using var folder = new Gate.TemporaryFolder();
        var file = Path.Combine(folder.Path, "x.cs");
        File.WriteAllLines(file, [line.PadLeft(Most + 1), line.PadLeft(Most), "var text = \"\"\"", "words".PadLeft(Most + 1), "\"\"\";"]);

        Assert.Equal(found, TooLong(file).Count());
    }

    private static IEnumerable<string> TooLong(string file)
    {
        var raw = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            if (line.Length > Most && !raw && !line.Contains('"', StringComparison.Ordinal))
                yield return $"{Path.GetRelativePath(Files.Root, file)}:{index + 1}: {line.Length} characters, {Most} at most. dotnet csharpier format";
            raw ^= Quotes().Count(line) % 2 == 1;
        }
    }

    [GeneratedRegex("/(obj|bin)/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();

    [GeneratedRegex("\"{3,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quotes();
}
