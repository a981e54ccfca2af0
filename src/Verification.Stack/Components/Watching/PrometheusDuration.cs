using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Stack.Components.Watching;

/// <summary>A duration as Prometheus writes it: <c>1h30m</c>, <c>500ms</c>.</summary>
public static partial class PrometheusDuration
{
    /// <summary>Reads one; nothing is none.</summary>
    /// <param name="text">The duration.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Whole().IsMatch(text))
            throw new FormatException($"'{text}' is no duration of Prometheus: expected such as 1h30m or 500ms.");
        return Parts()
            .Matches(text)
            .Aggregate(
                TimeSpan.Zero,
                (sum, part) =>
                    sum + long.Parse(part.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) * Unit(part.Groups["unit"].Value)
            );
    }

    private static TimeSpan Unit(string unit) =>
        unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            "w" => TimeSpan.FromDays(7),
            _ => TimeSpan.FromDays(365),
        };

    [GeneratedRegex(
        @"^([0-9]+(ms|[smhdwy]))*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"(?<count>[0-9]+)(?<unit>ms|[smhdwy])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Parts();
}
