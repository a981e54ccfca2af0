using System.Text.RegularExpressions;

namespace Verification.Tests.Unit.Observability;

/// <summary>The files that <c>promtool test rules</c> runs.</summary>
internal static partial class RuleTestFiles
{
    /// <summary>The names of all tests in the files of a folder.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.yaml")
            .SelectMany(file => Name().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

    [GeneratedRegex(
        "^  - name: \"(?<name>[^\"]+)\"$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();
}
