using System.Globalization;

namespace Verification.Objectives;

/// <summary>Sizes as files write them, in powers of ten: <c>500 MB</c>, <c>2 GB</c>.</summary>
public static class Size
{
    private const long Megabyte = 1_000_000;
    private const long Gigabyte = 1_000_000_000;

    /// <summary>Reads a size.</summary>
    /// <returns>Bytes.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static long Parse(string text)
    {
        var unit = text.Split(' ') switch
        {
            [_, "MB"] => Megabyte,
            [_, "GB"] => Gigabyte,
            _ => 0,
        };
        return unit > 0 && int.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? amount * unit
            : throw new FormatException($"'{text}' is no size; expected for example '500 MB', '2 GB'.");
    }

    /// <summary>A size for people: <c>1.4 GB</c>, <c>0.3 MB</c>.</summary>
    public static string Text(long bytes) =>
        bytes >= Gigabyte
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:0.##} GB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Megabyte:0.##} MB");
}
