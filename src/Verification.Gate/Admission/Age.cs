using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Gate.Admission;

/// <summary>Ages as a command line writes them: <c>90m</c>, <c>12h</c>, <c>3d</c>.</summary>
internal static partial class Age
{
    /// <summary>Reads an age; null where it is none.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (Written().Match(text) is not { Success: true } match)
            return null;
        var amount = int.Parse(match.Groups["amount"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "m" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours(amount),
            _ => TimeSpan.FromDays(amount),
        };
    }

    /// <summary>An age for people, in its largest whole units: <c>2 d 3 h</c>, <c>5 h 10 min</c>, <c>4 min</c>.</summary>
    public static string Text(TimeSpan age) =>
        age switch
        {
            { TotalDays: >= 1 } => $"{age.Days} d {age.Hours} h",
            { TotalHours: >= 1 } => $"{age.Hours} h {age.Minutes} min",
            _ => $"{(int)age.TotalMinutes} min",
        };

    [GeneratedRegex(
        @"^(?<amount>[0-9]{1,5})(?<unit>[mhd])\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Written();
}
