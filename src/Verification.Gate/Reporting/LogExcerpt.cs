using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What the instances wrote around a moment, and while something was awaited from then on.</summary>
/// <param name="Instance">Name of the instance, behind that of its stage.</param>
/// <param name="Lines">Its lines with their time (UTC), in order.</param>
/// <param name="Omitted">How many lines of the window are not shown.</param>
internal sealed record LogExcerpt(string Instance, IReadOnlyList<LogLine> Lines, int Omitted)
{
    /// <summary>How far before the moment, or behind the end of the wait, a line may be.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private const int Most = 40;

    // Who looks for a cause reads the services first, then what they stand on.
    private static readonly string[] First = ["dashboard", "server"];

    /// <summary>The lines of every log of the run from <see cref="Window"/> before <paramref name="at"/> until as long behind the end of
    /// the wait, at most 40 an instance, those next
    /// to the moment; the services first.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="at">The moment: what was awaited in vain has its cause where the wait began.</param>
    /// <param name="waited">How long something was awaited from then on.</param>
    /// <param name="redaction">Takes secrets out.</param>
    public static IReadOnlyList<LogExcerpt> Around(RunFolder folder, DateTimeOffset at, TimeSpan waited, Redaction redaction) =>
        Directory.Exists(folder.Logs)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder.Logs, "*.log", SearchOption.AllDirectories)
                    .OrderBy(file => !First.Any(service => Path.GetFileName(file).StartsWith(service, StringComparison.Ordinal)))
                    .ThenBy(file => file, StringComparer.Ordinal)
                    .Select(file => Read(folder, file, at, waited, redaction))
                    .Where(excerpt => excerpt.Lines.Count > 0),
            ]
            : [];

    private static LogExcerpt Read(RunFolder folder, string file, DateTimeOffset at, TimeSpan waited, Redaction redaction)
    {
        var near = LoggedLine.Of(file).Where(line => line.Time - at >= -Window && line.Time - at <= waited + Window).ToList();
        var shown = near.OrderBy(line => (line.Time - at).Duration()).Take(Most).OrderBy(line => line.Time);
        return new LogExcerpt(
            Path.ChangeExtension(Path.GetRelativePath(folder.Logs, file), null).Replace('\\', '/'),
            [
                .. shown.Select(line => new LogLine(
                    line.Time.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
                    redaction.Clean(line.Text)
                )),
            ],
            Math.Max(0, near.Count - Most)
        );
    }
}

/// <summary>One line of a log.</summary>
internal sealed record LogLine(string Time, string Text);
