using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>One scenario with a fault as a picture: how long the slowest answers took, how many there were by outcome, faults and events
/// across both. Lengths are in units of the picture.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Width">Width of the picture.</param>
/// <param name="Height">Its height.</param>
/// <param name="Baseline">Where the operations stand.</param>
/// <param name="LatencyBaseline">Where an answer that took no time is.</param>
/// <param name="Operations">Operations, a column each slice.</param>
/// <param name="Faults">Faults, each from its begin to its healing.</param>
/// <param name="Events">Events, numbered as in <paramref name="Told"/>.</param>
/// <param name="Latencies">A line for each kind of operation.</param>
/// <param name="Slowest">The slowest answer of all, which reaches to the top, with its unit.</param>
/// <param name="Ticks">The time axis.</param>
/// <param name="Told">Faults and events in words, in their order; events by their numbers.</param>
/// <param name="Description">All of it in a sentence.</param>
internal sealed record ScenarioPicture(
    string Name,
    int Width,
    int Height,
    int Baseline,
    int LatencyBaseline,
    IReadOnlyList<TimelineBlock> Operations,
    IReadOnlyList<TimelineBlock> Faults,
    IReadOnlyList<TimelineTick> Events,
    IReadOnlyList<LatencyLine> Latencies,
    string Slowest,
    IReadOnlyList<TimelineTick> Ticks,
    IReadOnlyList<string> Told,
    string Description
)
{
    private const int LatencyLane = 90;
    private const int Gap = 12;

    // Fewer show no course.
    private const int FewestOperations = 100;
    private const int MostEvents = 40;

    /// <summary>The pictures of all scenarios that had a fault under a workload, in their order. In memory is a trace of each of
    /// those.</summary>
    /// <param name="history">The history; it is read once, and once more where there is something to draw.</param>
    /// <param name="start">Start of the run, time 0 of the pictures.</param>
    public static IReadOnlyList<ScenarioPicture> Of(IEnumerable<HistoryLine> history, DateTimeOffset start)
    {
        var extents = new Dictionary<string, TimelineExtent>(StringComparer.Ordinal);
        foreach (var span in TimelineSpan.Of(history, start))
        {
            if (span.Line.Scenario is not { } scenario)
                continue;
            if (!extents.TryGetValue(scenario, out var extent))
                extents[scenario] = extent = new TimelineExtent();
            extent.Add(span);
        }

        var traces = extents
            .Where(each => each.Value.Faults.Count > 0 && each.Value.Operations >= FewestOperations)
            .ToDictionary(each => each.Key, each => new ScenarioTrace(each.Value), StringComparer.Ordinal);
        if (traces.Count == 0)
            return [];
        foreach (var span in TimelineSpan.Of(history, start))
        {
            if (span.Line.Scenario is { } scenario && traces.TryGetValue(scenario, out var trace))
                trace.Add(span);
        }

        return [.. traces.OrderBy(each => each.Value.Extent.From).Select(each => Of(TestRow.ShortName(each.Key), each.Value))];
    }

    private static ScenarioPicture Of(string name, ScenarioTrace trace)
    {
        var latencyBaseline = TimelineDrawing.FaultLane + LatencyLane;
        var baseline = latencyBaseline + Gap + TimelineDrawing.OperationLane;
        var faults = trace.Extent.Faults;
        var events = trace.Events.Take(MostEvents).ToList();
        var most = trace.Slowest.Values.SelectMany(slices => slices).Max() ?? 0;
        return new ScenarioPicture(
            name,
            TimelineDrawing.Width,
            baseline + TimelineDrawing.TickLane,
            baseline,
            latencyBaseline,
            TimelineDrawing.Columns(trace.Operations, baseline),
            trace.Drawing.Faults(faults, baseline),
            [
                .. events.Select(
                    (each, index) => new TimelineTick(TimelineDrawing.N(trace.Drawing.X(each.From)), $"{index + 1}", Worded(each))
                ),
            ],
            [
                .. trace.Slowest.Select(
                    (line, index) => LatencyLine.Of(line.Key, index, line.Value, most, latencyBaseline, LatencyLane - Gap)
                ),
            ],
            $"{TimelineDrawing.N(most)} s",
            trace.Drawing.Ticks(),
            [
                .. faults.Select(fault =>
                    $"{fault.Line.Name} {fault.Line.Instance}, {TimelineDrawing.N(fault.From)} s to {TimelineDrawing.N(fault.To)} s"
                ),
                .. events.Select((each, index) => $"{index + 1}: {Worded(each)}"),
                .. trace.Events.Count > MostEvents ? [$"and {trace.Events.Count - MostEvents} more events"] : Array.Empty<string>(),
            ],
            $"{trace.Extent.Counts}; slowest: {string.Join(", ", trace.Slowest.Select(line => $"{line.Key} {TimelineDrawing.N(line.Value.Max() ?? 0)} s"))}."
        );
    }

    private static string Worded(TimelineSpan each) =>
        string.Join(' ', new[] { each.Line.Name, each.Line.Instance, each.Line.Detail }.OfType<string>().Distinct())
        + $", {TimelineDrawing.N(each.From)} s";
}

/// <summary>How long the slowest answers of one kind of operation took.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Kind">Which of the lines it is, from 0.</param>
/// <param name="Points">The line.</param>
internal sealed record LatencyLine(string Name, string Kind, string Points)
{
    /// <summary>Draws one.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="index">Which of the lines it is.</param>
    /// <param name="slices">The slowest of each slice, in s.</param>
    /// <param name="most">The slowest of all lines, in s: it reaches to the top.</param>
    /// <param name="baseline">Where no time is.</param>
    /// <param name="height">Where the top is above that.</param>
    public static LatencyLine Of(string name, int index, IReadOnlyList<double?> slices, double most, int baseline, int height) =>
        new(
            name,
            $"latency-{index % 2}",
            string.Join(
                ' ',
                slices
                    .Select((seconds, slice) => (Seconds: seconds, Slice: slice))
                    .Where(point => point.Seconds is not null)
                    .Select(point =>
                        $"{TimelineDrawing.N((point.Slice + 0.5) * TimelineDrawing.Width / slices.Count)},{TimelineDrawing.N(baseline - (most > 0 ? point.Seconds!.Value / most * height : 0))}"
                    )
            )
        );
}
