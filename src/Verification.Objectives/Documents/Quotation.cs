using System.Globalization;
using System.Text;

namespace Verification.Objectives;

/// <summary>Words of others (an engine, a container, a server), as they may stand in a sentence of ours: no control characters, cut
/// to a length.
/// What was observed must not clear a terminal, break a line of a log, or fill a report.</summary>
public static class Quotation
{
    /// <summary>How many characters of one sentence of others are shown.</summary>
    public const int Longest = 500;

    private const string Cut = "…";

    // A log's tail has 25 lines; what was awaited stands above it.
    private const int MostLines = 60;
    private const int FirstLines = 20;

    /// <summary>The words on one line.</summary>
    /// <param name="words">What was said; null for nothing.</param>
    /// <param name="longest">How many characters are kept.</param>
    public static string Of(string? words, int longest = Longest) => Seen(words ?? string.Empty, longest).Trim();

    /// <summary>The words on one line, with the blanks before and behind them.</summary>
    /// <param name="words">What was said.</param>
    /// <param name="longest">How many characters are kept.</param>
    public static string Seen(string words, int longest)
    {
        var shown = new StringBuilder();
        foreach (var rune in Shortened(words, longest).EnumerateRunes())
        {
            if (!IsUnseen(rune))
                shown.Append(rune);
            else if (shown.Length > 0 && shown[^1] != ' ')
                shown.Append(' ');
        }

        return shown.ToString();
    }

    /// <summary>The words in their lines: what ends with the tail of a log stays readable. Of too many lines the first and the last are
    /// kept.</summary>
    /// <param name="words">What was said.</param>
    /// <param name="longest">How many characters of each line are kept.</param>
    public static string Lines(string words, int longest = 2 * Longest)
    {
        var lines = words
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Split('\n')
            .Select(line => Seen(line, longest).TrimEnd())
            .ToList();
        if (lines.Count > MostLines)
            lines = [.. lines.Take(FirstLines), Cut, .. lines.TakeLast(MostLines - FirstLines)];
        return string.Join('\n', lines);
    }

    private static string Shortened(string words, int longest)
    {
        if (words.Length <= longest)
            return words;
        // Never between the halves of one character.
        var end = char.IsHighSurrogate(words[longest - 1]) ? longest - 1 : longest;
        return words[..end] + Cut;
    }

    // Control characters, line and paragraph separators, and what turns the direction of writing.
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
