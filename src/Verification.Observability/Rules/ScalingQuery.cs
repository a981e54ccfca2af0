using System.Text.RegularExpressions;

namespace Verification.Observability;

/// <summary>What autoscalers ask Prometheus for, as <c>environments/releases/</c> hands it to them.</summary>
/// <param name="Release">Name of the release that is scaled by it.</param>
/// <param name="Expression">The expression.</param>
public sealed partial record ScalingQuery(string Release, string Expression)
{
    private const string Ending = ".yaml.gotmpl";

    /// <summary>Those of all releases.</summary>
    /// <param name="root">Root of the project.</param>
    public static IReadOnlyList<ScalingQuery> Of(string root) =>
        [
            .. from file in Directory
                .EnumerateFiles(Path.Combine(root, "environments", "releases"), $"*{Ending}")
                .Order(StringComparer.Ordinal)
            from query in Query().Matches(File.ReadAllText(file))
            select new ScalingQuery(Path.GetFileName(file)[..^Ending.Length], query.Groups["expression"].Value),
        ];

    [GeneratedRegex(
        "^ +query: (?<expression>.+)$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Query();
}
