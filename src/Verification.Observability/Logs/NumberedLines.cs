using System.Globalization;

namespace Verification.Observability;

/// <summary>Lines that say their number, from 1 on: which of them were found, and how often.</summary>
/// <param name="Mark">The word before the number.</param>
/// <param name="Count">How many were written.</param>
public sealed record NumberedLines(string Mark, int Count)
{
    /// <summary>The command that writes them, at a number of lines a second; then it sleeps.</summary>
    /// <param name="perSecond">How many a second, a multiple of 10.</param>
    public IReadOnlyList<string> Command(int perSecond) =>
        [
            "sh",
            "-c",
            string.Create(
                CultureInfo.InvariantCulture,
                $"i=0; while [ $i -lt {Count} ]; do i=$((i+1)); echo \"{Mark} $i\"; [ $((i % {perSecond / 10})) -ne 0 ] || sleep 0.1; done; exec sleep infinity"
            ),
        ];

    /// <summary>What is wrong with what was found: each line that is missing, and each that is there more than once.</summary>
    /// <param name="found">What the lines say that were found.</param>
    public IReadOnlyList<string> Faults(IEnumerable<string> found)
    {
        var times = found
            .Where(text => text.StartsWith($"{Mark} ", StringComparison.Ordinal))
            .CountBy(text => int.Parse(text.AsSpan(Mark.Length + 1), CultureInfo.InvariantCulture))
            .ToDictionary();
        return
        [
            .. Enumerable
                .Range(1, Count)
                .Where(number => !times.ContainsKey(number))
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"line {number} is lost")),
            .. times
                .Where(line => line.Value > 1)
                .Select(line => string.Create(CultureInfo.InvariantCulture, $"line {line.Key} is there {line.Value} times")),
        ];
    }
}
