using HdrHistogram;

namespace Verification.Load;

/// <summary>What ends in each second, reduced to a few figures once the second is over. Not for several threads at once.</summary>
/// <param name="longest">The longest time that is recorded, in µs.</param>
internal sealed class SecondsTally(long longest)
{
    private const int Digits = 3;
    private readonly List<LoadSecond> seconds = [];
    private readonly LongHistogram current = new(1, longest, Digits);
    private long failed;
    private int second;

    /// <summary>One has ended.</summary>
    /// <param name="at">How long after the start.</param>
    /// <param name="microseconds">What it took.</param>
    /// <param name="isGood">Whether it ended well.</param>
    public void Record(TimeSpan at, long microseconds, bool isGood)
    {
        if ((int)at.TotalSeconds > second)
        {
            Reduce();
            second = (int)at.TotalSeconds;
        }

        current.RecordValue(microseconds);
        if (!isGood)
            failed++;
    }

    /// <summary>Every second in which one has ended.</summary>
    public IReadOnlyList<LoadSecond> Seconds()
    {
        Reduce();
        return [.. seconds];
    }

    private void Reduce()
    {
        if (current.TotalCount == 0)
            return;
        var seen = Percentiles.Of(current);
        seconds.Add(new LoadSecond(second, seen.Count, failed, seen.P50, seen.P99, seen.Max));
        current.Reset();
        failed = 0;
    }
}
