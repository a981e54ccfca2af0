using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What the instances wrote around a moment.</summary>
/// <param name="Instance">Name of the instance, behind that of its stage.</param>
/// <param name="Lines">Its lines with their time (UTC), in order.</param>
/// <param name="Omitted">How many lines of the window are not shown.</param>
internal sealed record LogExcerpt(string Instance, IReadOnlyList<LogLine> Lines, int Omitted)
{
    /// <summary>How far from the moment a line may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private const int Most = 40;

    // Who looks for a cause reads the services first, then what they stand on.
    private static readonly string[] First = ["dashboard", "server"];

    /// <summary>The lines of every log of the run within <see cref="Window"/> of <paramref name="at"/>, at most 40 an instance, those next to
    /// it; the services first.</summary>
    public static IReadOnlyList<LogExcerpt> Around(RunFolder folder, DateTimeOffset at, Redaction redaction) => Directory.Exists(folder.Logs)
        ? [.. Directory.EnumerateFiles(folder.Logs, "*.log", SearchOption.AllDirectories)
            .OrderBy(file => !First.Any(service => Path.GetFileName(file).StartsWith(service, StringComparison.Ordinal)))
            .ThenBy(file => file, StringComparer.Ordinal)
            .Select(file => Read(folder, file, at, redaction))
            .Where(excerpt => excerpt.Lines.Count > 0)]
        : [];

    private static LogExcerpt Read(RunFolder folder, string file, DateTimeOffset at, Redaction redaction)
    {
        var near = new List<(DateTimeOffset Time, string Text)>();
        foreach (var line in File.ReadLines(file))
        {
            // Docker writes each line's time in front of it (RFC 3339, ns). A line without one belongs to no moment.
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0
                && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                && (time - at).Duration() <= Window)
            {
                near.Add((time, line[(space + 1)..]));
            }
        }

        var shown = near.OrderBy(line => (line.Time - at).Duration()).Take(Most).OrderBy(line => line.Time);
        return new LogExcerpt(
            Path.ChangeExtension(Path.GetRelativePath(folder.Logs, file), null).Replace('\\', '/'),
            [.. shown.Select(line => new LogLine(line.Time.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), redaction.Clean(line.Text)))],
            Math.Max(0, near.Count - Most));
    }
}

/// <summary>One line of a log.</summary>
internal sealed record LogLine(string Time, string Text);
