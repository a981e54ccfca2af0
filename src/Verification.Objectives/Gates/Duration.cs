using System.Globalization;

namespace Verification.Objectives;

/// <summary>Durations as files write them: <c>500 ms</c>, <c>120 s</c>, <c>95 min</c>, <c>3 h</c>.</summary>
public static class Duration
{
    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            throw new FormatException($"'{text}' is no duration; expected for example '500 ms', '120 s', '95 min', '3 h'.");
        try
        {
            return Of(amount, parts[1]) ?? throw new FormatException($"'{text}' is no duration; its unit is none of ms, s, min, h.");
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"'{text}' is longer than any duration can be.", e);
        }
    }

    private static TimeSpan? Of(long amount, string unit) =>
        unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(amount),
            "s" => TimeSpan.FromSeconds(amount),
            "min" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours((double)amount),
            _ => null,
        };
}
