using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>How many operations of each outcome began in each slice of a history.</summary>
internal sealed class TimelineSlices
{
    private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;
    private readonly double from;
    private readonly double length;
    private readonly long[,] counts;

    private TimelineSlices(double from, double length, int slices)
    {
        this.from = from;
        this.length = length;
        counts = new long[slices, Outcomes];
    }

    /// <summary>Most operations that one slice holds.</summary>
    public long Most =>
        Enumerable.Range(0, counts.GetLength(0)).Max(slice => Enum.GetValues<Outcome>().Sum(outcome => Count(slice, outcome)));

    /// <summary>Counts the operations of a history in one pass.</summary>
    /// <param name="spans">The history.</param>
    /// <param name="from">Begin of the first slice, in s after the start of the run.</param>
    /// <param name="to">End of the last one.</param>
    /// <param name="slices">How many slices.</param>
    public static TimelineSlices Of(IEnumerable<TimelineSpan> spans, double from, double to, int slices)
    {
        var counted = new TimelineSlices(from, (to - from) / slices, slices);
        foreach (var span in spans)
        {
            // A history that grows while it is read has what came since in its last slice.
            if (span.Ended is { } outcome)
                counted.counts[Math.Clamp((int)((span.From - from) / counted.length), 0, slices - 1), (int)outcome]++;
        }

        return counted;
    }

    /// <summary>Operations of an outcome in a slice.</summary>
    public long Count(int slice, Outcome outcome) => counts[slice, (int)outcome];

    /// <summary>Begin of a slice, in s after the start of the run.</summary>
    public double Start(int slice) => from + slice * length;
}
