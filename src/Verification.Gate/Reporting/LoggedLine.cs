using System.Globalization;

namespace Verification.Gate.Reporting;

/// <summary>A line of a log that was saved, with the time that Docker writes in front of it (RFC 3339, ns).</summary>
/// <param name="Time">The time.</param>
/// <param name="Line">All of it.</param>
/// <param name="TextAt">Where what the instance wrote begins.</param>
internal readonly record struct LoggedLine(DateTimeOffset Time, string Line, int TextAt)
{
    /// <summary>What the instance wrote.</summary>
    public string Text => Line[TextAt..];

    /// <summary>The lines of a file. One without a time belongs to no moment, and is left out.</summary>
    public static IEnumerable<LoggedLine> Of(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (
                space > 0
                && DateTimeOffset.TryParse(
                    line.AsSpan(0, space),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                )
            )
                yield return new LoggedLine(time, line, space + 1);
        }
    }
}
