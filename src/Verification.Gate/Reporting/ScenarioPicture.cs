using Verification.Gate.Reporting.Loads;
using Verification.Gate.Reporting.Scenarios;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>One scenario with a fault, or one that Prometheus watched, as a picture: how long the slowest answers took, how many there were
/// by outcome, faults and events across both, under them what the engine told of containers, the alerts that fired, a few metrics, and
/// what was written to the logs. Lengths are in units of the picture.</summary>
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

    /// <summary>What the engine told of containers.</summary>
    public IReadOnlyList<ContainerTick> Containers { get; init; } = [];

    /// <summary>The same in words.</summary>
    public IReadOnlyList<string> ContainersTold { get; init; } = [];

    /// <summary>The alerts that fired.</summary>
    public AlertBars Alerts { get; init; } = new([], [], 0);

    /// <summary>The metrics, under the picture.</summary>
    public IReadOnlyList<Plot> Metrics { get; init; } = [];

    /// <summary>Height of all of them together.</summary>
    public int MetricsHeight => MetricLanes.HeightOf(Metrics.Count);

    /// <summary>Why something is not there.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What services and data stores wrote while the faults lasted.</summary>
    public IReadOnlyList<PictureLine> Lines { get; init; } = [];

    /// <summary>How many lines of the same severity are not shown.</summary>
    public int LinesOmitted { get; init; }

    /// <summary>The pictures of all scenarios that had a fault under a workload, in their order. In memory is a trace of each of
    /// those.</summary>
    /// <param name="history">The history; it is read once, and once more where there is something to draw.</param>
    /// <param name="start">Start of the run, time 0 of the pictures.</param>
    public static IReadOnlyList<ScenarioPicture> Of(IEnumerable<HistoryLine> history, DateTimeOffset start) =>
        Of(history, start, [], logs: null);

    /// <summary>The same, and those that Prometheus watched: with a fault, or under a workload.</summary>
    /// <param name="history">The history; it is read once, and once more where there is something to draw.</param>
    /// <param name="start">Start of the run, time 0 of the pictures.</param>
    /// <param name="watched">What Prometheus knew of scenarios.</param>
    /// <param name="logs">The logs of the run; null for none.</param>
    public static IReadOnlyList<ScenarioPicture> Of(
        IEnumerable<HistoryLine> history,
        DateTimeOffset start,
        IReadOnlyList<ScenarioMetrics> watched,
        TellingLines? logs
    )
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

        var known = watched.ToLookup(each => each.Scenario, StringComparer.Ordinal);
        var traces = extents
            .Where(each => IsShown(each.Value, known.Contains(each.Key)))
            .ToDictionary(each => each.Key, each => new ScenarioTrace(each.Value), StringComparer.Ordinal);
        if (traces.Count == 0)
            return [];
        foreach (var span in TimelineSpan.Of(history, start))
        {
            if (span.Line.Scenario is { } scenario && traces.TryGetValue(scenario, out var trace))
                trace.Add(span);
        }

        var ordered = traces.OrderBy(each => each.Value.Extent.From).ToList();
        var told = logs?.Within([.. ordered.Select(each => FaultsOf(each.Value, start))]);
        return
        [
            .. ordered.Select(
                (each, number) => Of(each.Key, each.Value, [.. known[each.Key]], told?[number] ?? TellingExcerpt.None, start)
            ),
        ];
    }

    /// <summary>Fewer operations show no course; what Prometheus knew of a fault shows one without any.</summary>
    private static bool IsShown(TimelineExtent extent, bool isWatched) =>
        extent.Operations >= FewestOperations ? extent.Faults.Count > 0 || isWatched : extent.Faults.Count > 0 && isWatched;

    private static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> FaultsOf(ScenarioTrace trace, DateTimeOffset start) =>
        [.. trace.Extent.Faults.Select(fault => (start.AddSeconds(fault.From), start.AddSeconds(fault.To)))];

    private static ScenarioPicture Of(
        string scenario,
        ScenarioTrace trace,
        IReadOnlyList<ScenarioMetrics> watched,
        TellingExcerpt told,
        DateTimeOffset start
    )
    {
        var latencyBaseline = TimelineDrawing.FaultLane + LatencyLane;
        var baseline = latencyBaseline + Gap + TimelineDrawing.OperationLane;
        var faults = trace.Extent.Faults;
        var events = trace.Events.Take(MostEvents).ToList();
        var most = trace.Slowest.Values.SelectMany(slices => slices).Max() ?? 0;
        var containers = trace.Containers;
        var (ticks, height) = ContainerTick.Of(containers, trace.Drawing, baseline);
        var alerts = AlertBars.Of(watched, start, trace.Drawing, baseline + height);
        return new ScenarioPicture(
            TestRow.ShortName(scenario),
            TimelineDrawing.Width,
            baseline + height + alerts.Height + TimelineDrawing.TickLane,
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
            trace.Extent.Counts + SlowestOf(trace)
        )
        {
            Containers = ticks,
            ContainersTold = ContainerTick.Told(containers),
            Alerts = alerts,
            Metrics = MetricLanes.Of(watched, start, trace.Drawing),
            Notes = [.. watched.SelectMany(each => each.Notes).Distinct(StringComparer.Ordinal)],
            Lines = [.. told.Lines.Select(line => PictureLine.Of(line, start))],
            LinesOmitted = told.Omitted,
        };
    }

    private static string SlowestOf(ScenarioTrace trace) =>
        trace.Slowest.Count == 0
            ? "."
            : $"; slowest: {string.Join(", ", trace.Slowest.Select(line => $"{line.Key} {TimelineDrawing.N(line.Value.Max() ?? 0)} s"))}.";

    private static string Worded(TimelineSpan each) =>
        string.Join(' ', new[] { each.Line.Name, each.Line.Instance, each.Line.Detail }.OfType<string>().Distinct())
        + $", {TimelineDrawing.N(each.From)} s";
}

/// <summary>A line of a log under a picture.</summary>
/// <param name="At">When it was written, as the time axis counts.</param>
/// <param name="Instance">Who wrote it.</param>
/// <param name="Text">What it says.</param>
internal sealed record PictureLine(string At, string Instance, string Text)
{
    /// <summary>Of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Start of the run, time 0 of the picture.</param>
    public static PictureLine Of(TellingLine line, DateTimeOffset start) =>
        new($"{TimelineDrawing.N((line.Time - start).TotalSeconds)} s", line.Instance, line.Text);
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
