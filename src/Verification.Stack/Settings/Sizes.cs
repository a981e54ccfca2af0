using System.Globalization;

namespace Verification.Stack.Settings;

/// <summary>Sizes as configurations write them.</summary>
internal static class Sizes
{
    /// <summary>A text in one form: <c>32M</c>, <c>32mb</c> and <c>33554432</c> alike; anything that is no size stays as it is.</summary>
    public static string InBytes(string text)
    {
        var unit = text.AsSpan().TrimStart("0123456789");
        var shift = unit.ToString().ToUpperInvariant() switch
        {
            "K" or "KB" => 10,
            "M" or "MB" => 20,
            "G" or "GB" => 30,
            _ => 0,
        };
        return shift > 0 && long.TryParse(text.AsSpan(0, text.Length - unit.Length), CultureInfo.InvariantCulture, out var number)
            ? (number << shift).ToString(CultureInfo.InvariantCulture)
            : text;
    }
}
