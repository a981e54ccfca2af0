using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Objectives;

/// <summary>Sizes as files write them and people read them, in powers of ten: <c>500 MB</c>, <c>2 GB</c>, with or without the
/// blank.</summary>
public static partial class Size
{
    private const long Megabyte = 1_000_000;
    private const long Gigabyte = 1_000_000_000;

    /// <summary>Reads a size.</summary>
    /// <returns>Bytes.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static long Parse(string text)
    {
        var unit = text.EndsWith("GB", StringComparison.Ordinal) ? Gigabyte : Megabyte;
        return
            Written().Match(text) is { Success: true } match
            && int.TryParse(match.Groups["amount"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? amount * unit
            : throw new FormatException($"'{text}' is no size; expected for example '500 MB', '2 GB'.");
    }

    /// <summary>A size for people: <c>1.4 GB</c>, <c>0.3 MB</c>.</summary>
    public static string Text(long bytes) =>
        bytes >= Gigabyte
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:0.##} GB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Megabyte:0.##} MB");

    [GeneratedRegex(
        @"^(?<amount>[0-9]+) ?(MB|GB)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Written();
}
