using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>How figures are written for people: the same in console, Markdown, JUnit and HTML.</summary>
internal static class Figures
{
    public static string Number(double value) =>
        Math.Abs(value) switch
        {
            0 => "0",
            >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
            >= 0.01 => value.ToString("0.###", CultureInfo.InvariantCulture),
            _ => value.ToString("G3", CultureInfo.InvariantCulture),
        };

    public static string Value(double? value) => value is { } known ? Number(known) : "–";

    public static string Limit(Objective objective) =>
        $"{(objective.Comparison == Comparison.AtMost ? "≤" : "≥")} {Number(objective.Limit)}";

    public static string Duration(TimeSpan span) =>
        span.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s");

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Dimensions(IReadOnlyDictionary<string, string> dimensions) =>
        string.Join(
            ", ",
            dimensions
                .Where(pair => pair.Value.Length > 0)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key} {pair.Value}")
        );

    /// <summary>The line that decides an objective.</summary>
    public static LineVerdict? Deciding(ObjectiveVerdict objective) => ObjectiveJudge.Worst(objective.Objective, objective.Lines);
}
