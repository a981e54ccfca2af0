using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>The history as a picture: operations per slice of time by outcome, faults above them. Lengths are in units of the
/// picture.</summary>
internal sealed record Timeline(
    int Width,
    int Height,
    int Baseline,
    IReadOnlyList<TimelineBlock> Operations,
    IReadOnlyList<TimelineBlock> Faults,
    IReadOnlyList<TimelineTick> Ticks,
    string Description
)
{
    /// <summary>The picture of a history; null where it holds neither operations nor faults. In memory are a slice's counts and the
    /// faults.</summary>
    /// <param name="history">The history; it is read twice: for its length, then for its slices.</param>
    /// <param name="start">Start of the run, time 0 of the picture.</param>
    public static Timeline? Of(IEnumerable<HistoryLine> history, DateTimeOffset start)
    {
        var extent = TimelineExtent.Of(TimelineSpan.Of(history, start));
        if (extent.IsEmpty)
            return null;

        var drawing = TimelineDrawing.Of(extent);
        var faults = extent.Faults;
        var baseline = (faults.Count == 0 ? 0 : TimelineDrawing.FaultLane) + TimelineDrawing.OperationLane;
        return new Timeline(
            TimelineDrawing.Width,
            baseline + TimelineDrawing.TickLane,
            baseline,
            TimelineDrawing.Columns(
                TimelineSlices.Of(TimelineSpan.Of(history, start), drawing.From, drawing.To, TimelineDrawing.Slices),
                baseline
            ),
            drawing.Faults(faults, baseline),
            drawing.Ticks(),
            $"{extent.Counts} and {faults.Count} faults "
                + $"between {TimelineDrawing.N(drawing.From)} s and {TimelineDrawing.N(drawing.To)} s after the start."
        );
    }
}
