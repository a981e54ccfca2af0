using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What a picture of one scenario needs of its history: counts and slowest answers by slices of time, and its events.</summary>
internal sealed class ScenarioTrace
{
    // They frame every scenario, and tell nothing of this one.
    private static readonly string[] Frame = ["begin", "end", "reset"];
    private readonly SortedDictionary<string, double?[]> slowest = new(StringComparer.Ordinal);
    private readonly List<TimelineSpan> events = [];
    private readonly List<TimelineSpan> containers = [];

    /// <summary>Makes an empty one.</summary>
    /// <param name="extent">From when to when the scenario reaches.</param>
    public ScenarioTrace(TimelineExtent extent)
    {
        Extent = extent;
        Drawing = TimelineDrawing.Of(extent);
        Operations = new TimelineSlices(Drawing.From, Drawing.To, TimelineDrawing.Slices);
    }

    /// <summary>From when to when the scenario reaches, with its faults.</summary>
    public TimelineExtent Extent { get; }

    /// <summary>Where in the picture a moment is.</summary>
    public TimelineDrawing Drawing { get; }

    /// <summary>Operations by slice and outcome.</summary>
    public TimelineSlices Operations { get; }

    /// <summary>How long the slowest operation of each slice took, in s, by the operations' name; null where none ended that began
    /// there.</summary>
    public IReadOnlyDictionary<string, double?[]> Slowest => slowest;

    /// <summary>What happened beside operations and faults: a promotion, a takeover, an instance that was started.</summary>
    public IReadOnlyList<TimelineSpan> Events => events;

    /// <summary>What the engine told of containers, by its time: what it told once its stream was open again comes later.</summary>
    public IReadOnlyList<TimelineSpan> Containers => [.. containers.OrderBy(each => each.From)];

    /// <summary>Takes what happened.</summary>
    public void Add(TimelineSpan span)
    {
        Operations.Add(span);
        if (span.Line is { Kind: HistoryKind.Op, Complete: not null } operation)
        {
            if (!slowest.TryGetValue(operation.Name, out var slices))
                slowest[operation.Name] = slices = new double?[TimelineDrawing.Slices];
            var slice = Operations.SliceOf(span.From);
            slices[slice] = Math.Max(slices[slice] ?? 0, span.To - span.From);
        }
        else if (span.Line is { Kind: HistoryKind.Event, Process: HistoryLine.EngineProcess })
        {
            containers.Add(span);
        }
        else if (span.Line.Kind == HistoryKind.Event && !Frame.Contains(span.Line.Name))
        {
            events.Add(span);
        }
    }
}
