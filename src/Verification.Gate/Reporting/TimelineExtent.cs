using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>From when to when a history reaches, what it counts, and its faults, each from its begin to its healing.</summary>
internal sealed class TimelineExtent
{
    private readonly Dictionary<Outcome, long> operations = [];
    private readonly List<TimelineSpan> begun = [];
    private readonly Dictionary<string, double> healed = new(StringComparer.Ordinal);

    /// <summary>Its first moment, in s after the start of the run.</summary>
    public double From { get; private set; } = double.PositiveInfinity;

    /// <summary>Its last moment, in s after the start of the run.</summary>
    public double To { get; private set; } = double.NegativeInfinity;

    /// <summary>Faults by their begin; one that has not healed lasts to the end of the history.</summary>
    public IReadOnlyList<TimelineSpan> Faults => [.. begun.Select(fault => fault with { To = healed.GetValueOrDefault(Id(fault), To) })];

    public long Operations => operations.Values.Sum();

    public long Ok => operations.GetValueOrDefault(Outcome.Ok);

    public long Failed => operations.GetValueOrDefault(Outcome.Fail);

    public long Unknown => operations.GetValueOrDefault(Outcome.Info);

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Operations + begun.Count == 0;

    /// <summary>What it counts, as a sentence goes on.</summary>
    public string Counts => $"{Operations} operations ({Ok} ok, {Failed} failed, {Unknown} of unknown outcome)";

    /// <summary>Measures a history in one pass.</summary>
    public static TimelineExtent Of(IEnumerable<TimelineSpan> spans)
    {
        var extent = new TimelineExtent();
        foreach (var span in spans)
            extent.Add(span);
        return extent;
    }

    /// <summary>Reaches to what happened, too.</summary>
    public void Add(TimelineSpan span)
    {
        From = Math.Min(From, span.From);
        To = Math.Max(To, span.To);
        if (span.Ended is { } outcome)
            operations[outcome] = operations.GetValueOrDefault(outcome) + 1;
        if (span.Line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Begin })
            begun.Add(span);
        else if (span.Line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Healed })
            healed.TryAdd(Id(span), span.To);
    }

    private static string Id(TimelineSpan fault) => fault.Line.Marker ?? string.Empty;
}
