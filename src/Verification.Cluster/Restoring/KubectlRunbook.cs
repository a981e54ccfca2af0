using System.Text.RegularExpressions;

namespace Verification.Cluster.Restoring;

/// <summary>The commands of a runbook for a platform on Kubernetes: its blocks that begin with <c>kubectl</c>, in their order.</summary>
public static partial class KubectlRunbook
{
    /// <summary>Reads them.</summary>
    /// <param name="text">The runbook.</param>
    public static IReadOnlyList<string> BlocksOf(string text) => [.. Block().Matches(text).Select(block => block.Groups["commands"].Value)];

    [GeneratedRegex(
        "^```\n(?<commands>kubectl .*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Block();
}
