using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Platform;

/// <summary>What a service counts, as it told at one time: <c>GET /metrics</c>, Prometheus text format 0.0.4.</summary>
public sealed partial class ServiceMetrics
{
    private readonly IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> series;

    private ServiceMetrics(IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> series) =>
        this.series = series;

    /// <summary>Reads what was answered; lines that are no series are passed over.</summary>
    /// <param name="text">The body.</param>
    public static ServiceMetrics Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<(string, IReadOnlyDictionary<string, string>, double)>();
        foreach (var line in text.Split('\n'))
        {
            if (
                Line().Match(line) is { Success: true } match
                && double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            )
                found.Add(
                    (
                        match.Groups["name"].Value,
                        Label()
                            .Matches(match.Groups["labels"].Value)
                            .DistinctBy(label => label.Groups["name"].Value)
                            .ToDictionary(
                                label => label.Groups["name"].Value,
                                label => label.Groups["value"].Value,
                                StringComparer.Ordinal
                            ),
                        value
                    )
                );
        }

        return new ServiceMetrics(found);
    }

    /// <summary>The sum of all series of a name that bear certain labels; 0 where there is none: what was never counted is not
    /// told.</summary>
    /// <param name="name">Name of the metric, with <c>_count</c> or <c>_sum</c> for a histogram.</param>
    /// <param name="labels">Labels with their values.</param>
    public double Sum(string name, params IReadOnlyList<(string Name, string Value)> labels) =>
        series
            .Where(each => each.Name == name && labels.All(label => each.Labels.GetValueOrDefault(label.Name) == label.Value))
            .Sum(each => each.Value);

    /// <summary>Whether a metric is told.</summary>
    /// <param name="name">Its name.</param>
    public bool Tells(string name) => series.Any(each => each.Name == name);

    [GeneratedRegex(
        @"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Line();

    [GeneratedRegex(
        @"(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""(?<value>([^""\\]|\\.)*)""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Label();
}
