using Verification.Gate.Reporting.Loads;
using Verification.Objectives;

namespace Verification.Gate.Reporting.Scenarios;

/// <summary>The metrics of a scenario, as small lines under its picture, on the same time axis. Lengths are in units of the
/// picture.</summary>
internal static class MetricLanes
{
    /// <summary>How many metrics have a lane.</summary>
    public const int Most = 10;

    /// <summary>How many lines a lane has.</summary>
    public const int MostLines = 8;

    /// <summary>How many points a line has.</summary>
    public const int MostPoints = 250;

    private const int Lane = 34;
    private const int Gap = 26;
    private const int Colours = 4;
    private const int LongestTitle = 160;

    /// <summary>Draws them; nothing where Prometheus had nothing.</summary>
    /// <param name="watched">What Prometheus knew.</param>
    /// <param name="start">Start of the run, time 0 of the picture.</param>
    /// <param name="drawing">Where moments are.</param>
    public static IReadOnlyList<Plot> Of(IReadOnlyList<ScenarioMetrics> watched, DateTimeOffset start, TimelineDrawing drawing) =>
        [
            .. watched
                .SelectMany(each => each.Metrics.Select(metric => (Watched: each, Metric: metric)))
                .GroupBy(each => each.Metric.Title, StringComparer.Ordinal)
                .Select(metric =>
                    (
                        metric.Key,
                        Lines: metric
                            .SelectMany(each =>
                                each.Metric.Lines.Select(line => (line.Name, Points: Points(line, each.Watched, start, drawing)))
                            )
                            .Where(line => line.Points.Exists(point => point.Y is not null))
                            .Take(MostLines)
                            .ToList()
                    )
                )
                .Where(metric => metric.Lines.Count > 0)
                .Take(Most)
                .Select((metric, number) => Drawn(metric.Key, metric.Lines, Gap + (number * (Lane + Gap)), drawing)),
        ];

    /// <summary>Height of so many lanes.</summary>
    public static int HeightOf(int lanes) => lanes == 0 ? 0 : (lanes * (Lane + Gap)) + 4;

    private static Plot Drawn(
        string title,
        IReadOnlyList<(string Name, List<(double X, double? Y)> Points)> lines,
        int top,
        TimelineDrawing drawing
    )
    {
        var names = string.Join(", ", lines.Select(line => line.Name).Distinct(StringComparer.Ordinal));
        return Plot.Of(
            Quotation.Of($"{title}: {names}", LongestTitle),
            (0, top, TimelineDrawing.Width, top + Lane),
            drawing.To - drawing.From,
            [
                .. lines.SelectMany(
                    (line, number) => Parts(line.Points).Select(part => new PlotSeries($"series-{number % Colours}", part, line.Name))
                ),
            ]
        );
    }

    /// <summary>The values of a line within the picture. Of too many that are next to each other the one is kept that differs most from the
    /// last: a target that was away for a second is seen.</summary>
    private static List<(double X, double? Y)> Points(
        TimedLine line,
        ScenarioMetrics watched,
        DateTimeOffset start,
        TimelineDrawing drawing
    )
    {
        var begin = (watched.From - start).TotalSeconds - drawing.From;
        var within = line
            .Values.Select((value, number) => (X: begin + (number * watched.StepSeconds), Y: value))
            .Where(point => point.X >= 0 && point.X <= drawing.To - drawing.From)
            .ToList();
        var kept = new List<(double X, double? Y)>();
        var last = 0.0;
        foreach (var near in within.Chunk(Math.Max(1, (within.Count + MostPoints - 1) / MostPoints)))
        {
            var point = near.MaxBy(each => each.Y is { } y ? Math.Abs(y - last) : -1);
            last = point.Y ?? last;
            kept.Add(point);
        }

        return kept;
    }

    /// <summary>A line is broken where nothing is known.</summary>
    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Parts(List<(double X, double? Y)> points)
    {
        var part = new List<(double X, double Y)>();
        foreach (var (x, value) in points)
        {
            if (value is { } y)
            {
                part.Add((x, Math.Max(0, y)));
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
            yield return part;
    }
}
