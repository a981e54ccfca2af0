using System.Text.RegularExpressions;

namespace Verification.Observability;

/// <summary>An alert of <c>config/alerts/</c> or of <c>config/slo/rules/</c>.</summary>
/// <param name="Name">Name of the alert.</param>
/// <param name="Expression">When it is due.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Annotations">Its annotations.</param>
/// <param name="File">The file, without its folder.</param>
public sealed partial record AlertRule(
    string Name,
    string Expression,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string File
)
{
    /// <summary>Severity of what wakes somebody.</summary>
    public const string Page = "page";

    /// <summary>Severity of what waits for the morning.</summary>
    public const string Ticket = "ticket";

    /// <summary>Severity of what tells nobody anything, and only keeps others back.</summary>
    public const string None = "none";

    /// <summary>How bad it is; empty where nothing is said.</summary>
    public string Severity => Labels.GetValueOrDefault("severity", string.Empty);

    /// <summary>The causes that it may follow from; what Prometheus puts in, as the name of a job, is none of them.</summary>
    public IReadOnlyList<string> Follows =>
        Template().Replace(Labels.GetValueOrDefault("follows", string.Empty), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The labels that its annotations tell of what it fires for.</summary>
    public IReadOnlyList<string> ToldLabels =>
        [
            .. Annotations
                .Values.SelectMany(text => Label().Matches(text))
                .Select(match => match.Groups["label"].Value)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>A selector of its expression that asks for the labels, too, that its annotations tell: without them it would tell of
    /// nobody.</summary>
    /// <param name="selector">The selector: <c>up{job="server"}</c>, <c>up{}</c>.</param>
    public string Telling(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var open = selector.IndexOf('{', StringComparison.Ordinal);
        var matchers = selector[(open + 1)..^1];
        var all = ToldLabels.Select(label => $"{label}!=\"\"").Prepend(matchers).Where(matcher => matcher.Length > 0);
        return $"{selector[..open]}{{{string.Join(", ", all)}}}";
    }

    [GeneratedRegex(
        @"\$labels\.(?<label>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Label();

    [GeneratedRegex(@"\{\{[^}]*\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Template();
}
