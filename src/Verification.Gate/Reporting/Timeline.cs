using System.Globalization;
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
    private const int PictureWidth = 1000;
    private const int FaultLane = 26;
    private const int OperationLane = 110;
    private const int Slices = 125;

    /// <summary>The picture of a history; null where it holds neither operations nor faults. In memory are a slice's counts and the
    /// faults.</summary>
    /// <param name="history">The history; it is read twice: for its length, then for its slices.</param>
    /// <param name="start">Start of the run, time 0 of the picture.</param>
    public static Timeline? Of(IEnumerable<HistoryLine> history, DateTimeOffset start)
    {
        var extent = TimelineExtent.Of(TimelineSpan.Of(history, start));
        if (extent.IsEmpty)
            return null;

        var (from, to) = (Math.Floor(extent.From), Math.Max(Math.Floor(extent.From) + 1, Math.Ceiling(extent.To)));
        double X(double seconds) => (seconds - from) / (to - from) * PictureWidth;

        var lanes = extent.Faults.Count == 0 ? 0 : FaultLane;
        var baseline = lanes + OperationLane;
        return new Timeline(
            PictureWidth,
            baseline + 24,
            baseline,
            Columns(TimelineSlices.Of(TimelineSpan.Of(history, start), from, to, Slices), baseline),
            [
                .. extent.Faults.Select(fault => new TimelineBlock(
                    N(X(fault.From)),
                    "2",
                    N(Math.Max(3, X(fault.To) - X(fault.From))),
                    N(baseline - 2),
                    "fault",
                    $"{fault.Line.Name} {fault.Line.Instance}".Trim(),
                    $"{fault.Line.Name} {fault.Line.Instance}, {N(fault.From)} s to {N(fault.To)} s"
                )),
            ],
            Ticked(from, to, X),
            $"{extent.Operations} operations ({extent.Ok} ok, {extent.Failed} failed, {extent.Unknown} of unknown outcome) and {extent.Faults.Count} faults "
                + $"between {N(from)} s and {N(to)} s after the start."
        );
    }

    private static List<TimelineBlock> Columns(TimelineSlices slices, int baseline)
    {
        const double width = (double)PictureWidth / Slices;
        var most = Math.Max(1, slices.Most);
        var blocks = new List<TimelineBlock>();
        for (var index = 0; index < Slices; index++)
        {
            double y = baseline;
            foreach (var (outcome, name) in new[] { (Outcome.Ok, "ok"), (Outcome.Info, "info"), (Outcome.Fail, "fail") })
            {
                var count = slices.Count(index, outcome);
                if (count == 0)
                    continue;
                var height = Math.Max(2, (double)count / most * (OperationLane - 10));
                y -= height;
                blocks.Add(
                    new TimelineBlock(
                        N(index * width + 0.5),
                        N(y),
                        N(width - 1),
                        N(height),
                        name,
                        "",
                        $"{count} {name}, {N(slices.Start(index))} s to {N(slices.Start(index + 1))} s"
                    )
                );
            }
        }

        return blocks;
    }

    private static List<TimelineTick> Ticked(double from, double to, Func<double, double> x)
    {
        var step = new double[] { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600 }.FirstOrDefault(
            s => (to - from) / s <= 10,
            7200
        );
        var ticks = new List<TimelineTick>();
        for (var at = Math.Ceiling(from / step) * step; at <= to; at += step)
            ticks.Add(
                new TimelineTick(
                    N(x(at)),
                    $"{N(at)} s",
                    x(at) < 20 ? "start"
                        : x(at) > PictureWidth - 20 ? "end"
                        : "middle"
                )
            );
        return ticks;
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A rectangle of the picture.</summary>
internal sealed record TimelineBlock(string X, string Y, string Width, string Height, string Kind, string Label, string Title);

/// <summary>A mark of the time axis.</summary>
internal sealed record TimelineTick(string X, string Label, string Anchor);
