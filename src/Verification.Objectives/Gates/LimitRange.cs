using System.Globalization;

namespace Verification.Objectives;

/// <summary>Which limits an objective may have, by its unit: one beyond promises nothing, or nothing that can be measured.</summary>
internal static class LimitRange
{
    /// <summary>Of what is counted, and of a rate, nobody sees more.</summary>
    private const double MostCounted = 1e9;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Why a limit can be none; null where it can be one.</summary>
    /// <param name="unit">Unit of the objective.</param>
    /// <param name="limit">Its limit, in that unit.</param>
    public static string? ProblemOf(string unit, double limit) =>
        unit switch
        {
            "ratio" => Beyond(limit, 1) ? "a ratio lies between 0 and 1" : null,
            "%" or "percent" => Beyond(limit, 100) ? "a percentage lies between 0 and 100" : null,
            _ when SecondsOf(unit) is { } seconds => Beyond(limit, Longest.TotalSeconds / seconds)
                ? $"a duration lies between 0 and a day, {Text(Longest.TotalSeconds / seconds)} {unit}"
                : null,
            _ => Beyond(limit, MostCounted) ? $"a count lies between 0 and {Text(MostCounted)}" : null,
        };

    private static bool Beyond(double limit, double most) => !(limit >= 0 && limit <= most);

    /// <summary>Length of a unit of time, in s; null of any other.</summary>
    private static double? SecondsOf(string unit) =>
        unit switch
        {
            "ms" => 0.001,
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            _ => null,
        };

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
