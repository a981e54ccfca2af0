using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>How many operations of each outcome began in each slice of a history.</summary>
/// <param name="from">Begin of the first slice, in s after the start of the run.</param>
/// <param name="to">End of the last one.</param>
/// <param name="slices">How many slices.</param>
internal sealed class TimelineSlices(double from, double to, int slices)
{
    private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;
    private readonly double length = (to - from) / slices;
    private readonly long[,] counts = new long[slices, Outcomes];

    /// <summary>How many slices.</summary>
    public int Slices => slices;

    /// <summary>Most operations that one slice holds.</summary>
    public long Most => Enumerable.Range(0, slices).Max(slice => Enum.GetValues<Outcome>().Sum(outcome => Count(slice, outcome)));

    /// <summary>Counts the operations of a history in one pass.</summary>
    /// <param name="spans">The history.</param>
    /// <param name="from">Begin of the first slice, in s after the start of the run.</param>
    /// <param name="to">End of the last one.</param>
    /// <param name="slices">How many slices.</param>
    public static TimelineSlices Of(IEnumerable<TimelineSpan> spans, double from, double to, int slices)
    {
        var counted = new TimelineSlices(from, to, slices);
        foreach (var span in spans)
            counted.Add(span);
        return counted;
    }

    /// <summary>Counts what is an operation.</summary>
    public void Add(TimelineSpan span)
    {
        if (span.Ended is { } outcome)
            counts[SliceOf(span.From), (int)outcome]++;
    }

    /// <summary>The slice of a moment, in s after the start of the run. A history that grows while it is read has what came since in its
    /// last one.</summary>
    public int SliceOf(double moment) => Math.Clamp((int)((moment - from) / length), 0, slices - 1);

    /// <summary>Operations of an outcome in a slice.</summary>
    public long Count(int slice, Outcome outcome) => counts[slice, (int)outcome];

    /// <summary>Begin of a slice, in s after the start of the run.</summary>
    public double Start(int slice) => from + slice * length;
}
