using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The history as a picture: operations per slice of time by outcome, faults above them. Lengths are in units of the picture.</summary>
internal sealed record Timeline(
    int Width,
    int Height,
    int Baseline,
    IReadOnlyList<TimelineBlock> Operations,
    IReadOnlyList<TimelineBlock> Faults,
    IReadOnlyList<TimelineTick> Ticks,
    string Description)
{
    private const int PictureWidth = 1000;
    private const int FaultLane = 26;
    private const int OperationLane = 110;
    private const int Slices = 125;

    /// <summary>The picture of a history; null where it holds neither operations nor faults.</summary>
    public static Timeline? Of(IReadOnlyList<HistoryLine> history, DateTimeOffset start)
    {
        var spans = Spans(history, start);
        var operations = spans.Where(span => span.Line.Kind == HistoryKind.Op).ToList();
        var faults = FaultsOf(spans);
        if (operations.Count + faults.Count == 0)
            return null;

        var from = Math.Floor(spans.Min(span => span.From));
        var to = Math.Max(from + 1, Math.Ceiling(spans.Max(span => span.To)));
        double X(double seconds) => (seconds - from) / (to - from) * PictureWidth;

        var lanes = faults.Count == 0 ? 0 : FaultLane;
        var baseline = lanes + OperationLane;
        return new Timeline(
            PictureWidth,
            baseline + 24,
            baseline,
            Columns(operations, from, to, baseline),
            [.. faults.Select(fault => new TimelineBlock(
                N(X(fault.From)), "2", N(Math.Max(3, X(fault.To) - X(fault.From))), N(baseline - 2), "fault",
                $"{fault.Line.Name} {fault.Line.Instance}".Trim(),
                $"{fault.Line.Name} {fault.Line.Instance}, {N(fault.From)} s to {N(fault.To)} s"))],
            Ticked(from, to, X),
            $"{operations.Count} operations ({operations.Count(o => o.Line.Outcome == Outcome.Ok)} ok, "
            + $"{operations.Count(o => o.Line.Outcome == Outcome.Fail)} failed, {operations.Count(o => o.Line.Outcome is Outcome.Info or null)} of unknown outcome) and {faults.Count} faults "
            + $"between {N(from)} s and {N(to)} s after the start.");
    }

    /// <summary>Each fault from its begin to its healing; to the end of the history where it has not healed.</summary>
    private static List<Span> FaultsOf(IReadOnlyList<Span> spans)
    {
        var end = spans.Count == 0 ? 0 : spans.Max(span => span.To);
        var healed = spans.Where(span => span.Line.Phase == FaultPhase.Healed).ToLookup(span => span.Line.Marker, span => span.To, StringComparer.Ordinal);
        return [.. spans.Where(span => span.Line is { Kind: HistoryKind.Fault, Phase: FaultPhase.Begin }).Select(span => span with { To = healed[span.Line.Marker].DefaultIfEmpty(end).First() })];
    }

    private static List<TimelineBlock> Columns(List<Span> operations, double from, double to, int baseline)
    {
        var slice = (to - from) / Slices;
        var counted = operations
            .GroupBy(operation => Math.Min(Slices - 1, (int)((operation.From - from) / slice)))
            .ToDictionary(group => group.Key, group => group.ToLookup(operation => operation.Line.Outcome ?? Outcome.Info));
        var most = counted.Values.Select(slot => slot.Sum(group => group.Count())).DefaultIfEmpty(1).Max();
        const double width = (double)PictureWidth / Slices;
        var blocks = new List<TimelineBlock>();
        foreach (var (index, slot) in counted.OrderBy(pair => pair.Key))
        {
            double y = baseline;
            foreach (var (outcome, name) in new[] { (Outcome.Ok, "ok"), (Outcome.Info, "info"), (Outcome.Fail, "fail") })
            {
                var count = slot[outcome].Count();
                if (count == 0)
                    continue;
                var height = Math.Max(2, (double)count / most * (OperationLane - 10));
                y -= height;
                blocks.Add(new TimelineBlock(
                    N(index * width + 0.5), N(y), N(width - 1), N(height), name, "",
                    $"{count} {name}, {N(from + index * slice)} s to {N(from + (index + 1) * slice)} s"));
            }
        }

        return blocks;
    }

    private static List<TimelineTick> Ticked(double from, double to, Func<double, double> x)
    {
        var step = new double[] { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600 }.FirstOrDefault(s => (to - from) / s <= 10, 7200);
        var ticks = new List<TimelineTick>();
        for (var at = Math.Ceiling(from / step) * step; at <= to; at += step)
            ticks.Add(new TimelineTick(N(x(at)), $"{N(at)} s", x(at) < 20 ? "start" : x(at) > PictureWidth - 20 ? "end" : "middle"));
        return ticks;
    }

    private static List<Span> Spans(IReadOnlyList<HistoryLine> history, DateTimeOffset start)
    {
        var spans = new List<Span>();
        var anchor = 0.0;
        foreach (var line in history)
        {
            if (line.Kind == HistoryKind.Anchor)
            {
                // Each process that writes has a monotonic clock of its own, tied to the wall by its anchor.
                anchor = DateTimeOffset.TryParse(line.Detail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wall) ? (wall - start).TotalSeconds : 0;
                continue;
            }

            var from = anchor + line.Invoke / 1e9;
            spans.Add(new Span(line, from, anchor + (line.Complete ?? line.Invoke) / 1e9));
        }

        return spans;
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record Span(HistoryLine Line, double From, double To);
}

/// <summary>A rectangle of the picture.</summary>
internal sealed record TimelineBlock(string X, string Y, string Width, string Height, string Kind, string Label, string Title);

/// <summary>A mark of the time axis.</summary>
internal sealed record TimelineTick(string X, string Label, string Anchor);
