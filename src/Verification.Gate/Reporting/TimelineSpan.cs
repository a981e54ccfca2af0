using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>When a line of a history happened.</summary>
/// <param name="Line">The line; an invocation only where its end was not recorded.</param>
/// <param name="From">Its begin, in s after the start of the run.</param>
/// <param name="To">Its end, in s after the start of the run.</param>
internal readonly record struct TimelineSpan(HistoryLine Line, double From, double To)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>How an operation ended; null for what is none.</summary>
    public Outcome? Ended => Line.Kind is HistoryKind.Op or HistoryKind.Invoke ? Line.Outcome ?? Outcome.Info : null;

    /// <summary>Each operation and each other line of a history, in one pass; operations without an end come last.</summary>
    public static IEnumerable<TimelineSpan> Of(IEnumerable<HistoryLine> history, DateTimeOffset start)
    {
        var anchor = 0.0;
        var open = new OpenOperations();
        foreach (var line in history)
        {
            open.Follow(line);
            if (line.Kind == HistoryKind.Anchor)
                anchor = DateTimeOffset.TryParse(line.Detail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wall)
                    ? (wall - start).TotalSeconds
                    : 0;
            else if (line.Kind != HistoryKind.Invoke)
                yield return At(anchor, line);
        }

        foreach (var line in open.Invocations)
            yield return At(anchor, line);
    }

    private static TimelineSpan At(double anchor, HistoryLine line) =>
        new(line, anchor + line.Invoke / NanosecondsPerSecond, anchor + (line.Complete ?? line.Invoke) / NanosecondsPerSecond);
}
