using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Platform;

/// <summary>Finds buffs in the log of a service, by their traces.</summary>
internal static partial class TraceLog
{
    /// <summary>Lines of each buff that a log names.</summary>
    /// <param name="log">The log, a line each, of whatever form.</param>
    /// <param name="markers">By trace id, what the buffs are known by.</param>
    public static IReadOnlyDictionary<string, TracedLines> Read(string log, IReadOnlyDictionary<string, string> markers)
    {
        var lines = new Dictionary<string, TracedLines>(StringComparer.Ordinal);
        foreach (var line in log.Split('\n'))
        {
            // A line that names a trace twice, in its text and as a member, is one line.
            foreach (var id in TraceId().Matches(line).Select(match => match.Value).Distinct(StringComparer.Ordinal))
            {
                if (markers.TryGetValue(id, out var marker))
                    lines[marker] = lines.GetValueOrDefault(marker).And(Warning().IsMatch(line));
            }
        }

        return lines;
    }

    [GeneratedRegex(@"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();

    [GeneratedRegex(
        "\"(?:log_?level|level|severity)\"\\s*:\\s*\"(?:warn|err|crit|fatal)|(?-i:\\b(?:WARN|WARNING|ERROR|CRITICAL|FATAL)\\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Warning();
}
