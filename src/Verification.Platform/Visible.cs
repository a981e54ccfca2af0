using System.Globalization;
using System.Text;

namespace Verification.Platform;

/// <summary>Texts as a person can read them, whatever stands in them.</summary>
public static class Visible
{
    private const int MostRunes = 60;

    /// <summary>A text in quotes, with all that is not seen, or not told from other characters, as its number: <c>'a{U+0301}
    /// b{U+0020}'</c>. White space is written so at the ends.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var runes = text.EnumerateRunes().ToList();
        var shown = new StringBuilder("'");
        for (var index = 0; index < Math.Min(runes.Count, MostRunes); index++)
            shown.Append(Shown(runes[index], atEnd: index == 0 || index == runes.Count - 1));
        shown.Append('\'');
        return runes.Count > MostRunes ? $"{shown} and {runes.Count - MostRunes} characters more" : shown.ToString();
    }

    /// <summary>Where two texts part: <c>from character 3 on: '…' instead of '…'</c>; null where they are equal.</summary>
    public static string? Difference(string expected, string found)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(found);
        if (expected == found)
            return null;
        var same = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        // Not within a pair.
        if (same > 0 && char.IsHighSurrogate(expected[same - 1]))
            same--;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"from character {same} on: {Of(found[same..])} instead of {Of(expected[same..])} ({found.Length} characters, {expected.Length} were sent)"
        );
    }

    private static string Shown(Rune rune, bool atEnd) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator when rune.Value == ' ' && !atEnd => " ",
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.DecimalDigitNumber when rune.IsAscii =>
                rune.ToString(),
            UnicodeCategory.OtherLetter
            or UnicodeCategory.OtherSymbol
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.UppercaseLetter => $"{rune}{{U+{rune.Value:X4}}}",
            _ when rune.IsAscii && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune) => rune.ToString(),
            _ => $"{{U+{rune.Value:X4}}}",
        };
}
