using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What pictures of a history are drawn of. Lengths are in units of the picture.</summary>
/// <param name="from">Left end, in s after the start of the run.</param>
/// <param name="to">Right end.</param>
internal sealed class TimelineDrawing(double from, double to)
{
    /// <summary>Width of a picture.</summary>
    public const int Width = 1000;

    /// <summary>Height of the lane with the names of faults.</summary>
    public const int FaultLane = 26;

    /// <summary>Height of the lane with the operations.</summary>
    public const int OperationLane = 110;

    /// <summary>Height of the lane with the time axis.</summary>
    public const int TickLane = 24;

    /// <summary>How many slices of time a picture has.</summary>
    public const int Slices = 125;

    private static readonly double[] Steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

    /// <summary>The drawing of an extent: from a whole second to a whole second.</summary>
    public static TimelineDrawing Of(TimelineExtent extent)
    {
        var from = Math.Floor(extent.From);
        return new TimelineDrawing(from, Math.Max(from + 1, Math.Ceiling(extent.To)));
    }

    /// <summary>Left end, in s after the start of the run.</summary>
    public double From => from;

    /// <summary>Right end, in s after the start of the run.</summary>
    public double To => to;

    /// <summary>Where a moment is.</summary>
    public double X(double seconds) => (seconds - from) / (to - from) * Width;

    /// <summary>Faults, each from its begin to its healing.</summary>
    public IReadOnlyList<TimelineBlock> Faults(IEnumerable<TimelineSpan> faults, int baseline) =>
        [
            .. faults.Select(fault => new TimelineBlock(
                N(X(fault.From)),
                "2",
                N(Math.Max(3, X(fault.To) - X(fault.From))),
                N(baseline - 2),
                "fault",
                $"{fault.Line.Name} {fault.Line.Instance}".Trim(),
                $"{fault.Line.Name} {fault.Line.Instance}, {N(fault.From)} s to {N(fault.To)} s"
            )),
        ];

    /// <summary>Operations, a column each slice, its outcomes upon each other.</summary>
    public static IReadOnlyList<TimelineBlock> Columns(TimelineSlices slices, int baseline)
    {
        var width = (double)Width / slices.Slices;
        var most = Math.Max(1, slices.Most);
        var blocks = new List<TimelineBlock>();
        for (var index = 0; index < slices.Slices; index++)
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

    /// <summary>The time axis.</summary>
    public IReadOnlyList<TimelineTick> Ticks()
    {
        var step = Steps.FirstOrDefault(s => (to - from) / s <= 10, 7200);
        var ticks = new List<TimelineTick>();
        for (var at = Math.Ceiling(from / step) * step; at <= to; at += step)
            ticks.Add(
                new TimelineTick(
                    N(X(at)),
                    $"{N(at)} s",
                    X(at) < 20 ? "start"
                        : X(at) > Width - 20 ? "end"
                        : "middle"
                )
            );
        return ticks;
    }

    /// <summary>A number as it stands in a picture.</summary>
    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A rectangle of the picture.</summary>
internal sealed record TimelineBlock(string X, string Y, string Width, string Height, string Kind, string Label, string Title);

/// <summary>A mark of the time axis.</summary>
internal sealed record TimelineTick(string X, string Label, string Anchor);
