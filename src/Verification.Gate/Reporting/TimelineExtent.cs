using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>From when to when a history reaches, what it counts, and its faults, each from its begin to its healing.</summary>
internal sealed class TimelineExtent
{
    private readonly Dictionary<Outcome, long> operations = [];

    private TimelineExtent() { }

    /// <summary>Its first moment, in s after the start of the run.</summary>
    public double From { get; private set; } = double.PositiveInfinity;

    /// <summary>Its last moment, in s after the start of the run.</summary>
    public double To { get; private set; } = double.NegativeInfinity;

    /// <summary>Faults by their begin; one that has not healed lasts to the end of the history.</summary>
    public IReadOnlyList<TimelineSpan> Faults { get; private set; } = [];

    public long Operations => operations.Values.Sum();

    public long Ok => operations.GetValueOrDefault(Outcome.Ok);

    public long Failed => operations.GetValueOrDefault(Outcome.Fail);

    public long Unknown => operations.GetValueOrDefault(Outcome.Info);

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Operations + Faults.Count == 0;

    /// <summary>Measures a history in one pass.</summary>
    public static TimelineExtent Of(IEnumerable<TimelineSpan> spans)
    {
        var extent = new TimelineExtent();
        var begun = new List<TimelineSpan>();
        var healed = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            extent.From = Math.Min(extent.From, span.From);
            extent.To = Math.Max(extent.To, span.To);
            if (span.Ended is { } outcome)
                extent.operations[outcome] = extent.operations.GetValueOrDefault(outcome) + 1;
            if (span.Line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Begin })
                begun.Add(span);
            else if (span.Line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Healed })
                healed.TryAdd(Id(span), span.To);
        }

        extent.Faults = [.. begun.Select(fault => fault with { To = healed.GetValueOrDefault(Id(fault), extent.To) })];
        return extent;
    }

    private static string Id(TimelineSpan fault) => fault.Line.Marker ?? string.Empty;
}
