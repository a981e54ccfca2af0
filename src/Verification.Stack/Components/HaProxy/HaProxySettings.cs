using Verification.Stack.Settings;

namespace Verification.Stack.Components.HaProxy;

/// <summary>A file of <c>config/haproxy/</c> beside the one that an instance was started with: each directive of each section.</summary>
internal static class HaProxySettings
{
    /// <summary>Compares.</summary>
    /// <param name="wanted">The file of <c>config/</c>.</param>
    /// <param name="running">The file that is there.</param>
    public static SettingsComparison Compare(string wanted, string running)
    {
        var there = Directives(running).ToHashSet(StringComparer.Ordinal);
        return SettingsComparison.Of(
            "haproxy",
            Directives(wanted).Select(directive => (directive, "set", there.Contains(directive) ? "set" : null))
        );
    }

    /// <summary>Each directive behind its section: <c>frontend stomp: bind :61613</c>.</summary>
    internal static IEnumerable<string> Directives(string text)
    {
        var section = string.Empty;
        foreach (var line in text.Split('\n').Where(line => line.Trim() is { Length: > 0 } content && content[0] != '#'))
        {
            if (char.IsWhiteSpace(line[0]))
                yield return $"{section}: {line.Trim()}";
            else
                section = line.Trim();
        }
    }
}
