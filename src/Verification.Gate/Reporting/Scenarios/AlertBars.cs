using Verification.Objectives;

namespace Verification.Gate.Reporting.Scenarios;

/// <summary>The alerts that fired while a scenario ran, as bars on its time axis. Lengths are in units of the picture.</summary>
/// <param name="Bars">A bar for each time for which one fired; the first of each alert has its name.</param>
/// <param name="Told">The alerts in words.</param>
/// <param name="Height">Height of the lane that they take.</param>
internal sealed record AlertBars(IReadOnlyList<TimelineBlock> Bars, IReadOnlyList<string> Told, int Height)
{
    /// <summary>How many alerts have bars.</summary>
    public const int Most = 12;

    private const int MostSpans = 20;
    private const int RowHeight = 16;

    // It tells nobody anything, and only keeps others back.
    private const string Silent = "none";

    /// <summary>Draws them.</summary>
    /// <param name="watched">What Prometheus knew.</param>
    /// <param name="start">Start of the run, time 0 of the picture.</param>
    /// <param name="drawing">Where moments are.</param>
    /// <param name="top">Where the lane begins.</param>
    public static AlertBars Of(IReadOnlyList<ScenarioMetrics> watched, DateTimeOffset start, TimelineDrawing drawing, int top)
    {
        var fired = watched
            .SelectMany(each => each.Alerts.Where(alert => alert.Severity != Silent).Select(alert => Shifted(alert, each, start, drawing)))
            .Where(alert => alert.Spans.Count > 0)
            .ToList();
        var shown = fired.Take(Most).ToList();
        return new AlertBars(
            [.. shown.SelectMany((alert, row) => BarsOf(alert, drawing, top + (row * RowHeight)))],
            [.. shown.Select(Worded), .. fired.Count > Most ? [$"and {fired.Count - Most} more alerts that fired"] : Array.Empty<string>()],
            shown.Count * RowHeight
        );
    }

    /// <summary>The alert with its times since the start of the run, as far as the picture reaches.</summary>
    private static FiredAlert Shifted(FiredAlert alert, ScenarioMetrics watched, DateTimeOffset start, TimelineDrawing drawing)
    {
        var begin = (watched.From - start).TotalSeconds;
        return alert with
        {
            Spans =
            [
                .. alert
                    .Spans.Select(span => new FiredSpan(Math.Max(drawing.From, begin + span.From), Math.Min(drawing.To, begin + span.To)))
                    .Where(span => span.From <= span.To),
            ],
        };
    }

    private static IEnumerable<TimelineBlock> BarsOf(FiredAlert alert, TimelineDrawing drawing, int top) =>
        alert
            .Spans.Take(MostSpans)
            .Select(
                (span, number) =>
                    new TimelineBlock(
                        TimelineDrawing.N(drawing.X(span.From)),
                        TimelineDrawing.N(top + 2),
                        TimelineDrawing.N(Math.Max(3, drawing.X(span.To) - drawing.X(span.From))),
                        TimelineDrawing.N(RowHeight - 4),
                        "alert",
                        number == 0 ? NameOf(alert) : string.Empty,
                        $"{NameOf(alert)} fired, {TimelineDrawing.N(span.From)} s to {TimelineDrawing.N(span.To)} s"
                    )
            );

    private static string Worded(FiredAlert alert) =>
        $"{NameOf(alert)} fired, {TimelineDrawing.N(alert.Spans[0].From)} s to {TimelineDrawing.N(alert.Spans[^1].To)} s"
        + (alert.Spans.Count > 1 ? $", {alert.Spans.Count} times" : string.Empty);

    private static string NameOf(FiredAlert alert) => alert.Severity.Length > 0 ? $"{alert.Name} ({alert.Severity})" : alert.Name;
}
