using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Objectives;

/// <summary>Durations as files and command lines write them: a whole number and its unit, with or without the blank: <c>500 ms</c>,
/// <c>120s</c>, <c>95 min</c> (or <c>95m</c>), <c>3 h</c>, <c>2d</c>.</summary>
public static partial class Duration
{
    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        if (
            Written().Match(text) is not { Success: true } match
            || !long.TryParse(match.Groups["amount"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
        )
            throw new FormatException(
                $"'{text}' is no duration; expected for example '500 ms', '120 s', '95 min', '3 h' or '2 d', with or without the blank."
            );
        try
        {
            return match.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(amount),
                "s" => TimeSpan.FromSeconds(amount),
                "h" => TimeSpan.FromHours((double)amount),
                "d" => TimeSpan.FromDays((double)amount),
                _ => TimeSpan.FromMinutes(amount),
            };
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"'{text}' is longer than any duration can be.", e);
        }
    }

    // As in the schemas of the files that hold one.
    [GeneratedRegex(
        @"^(?<amount>[0-9]+) ?(?<unit>ms|s|min|m|h|d)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Written();
}
