namespace Verification.Load;

/// <summary>The open model at one rate: iterations arrive evenly, and do not wait for each other.</summary>
/// <param name="Rate">How many arrive in each <paramref name="Interval"/>.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="During">How long they arrive.</param>
public sealed record ConstantArrivalRate(int Rate, TimeSpan Interval, TimeSpan During) : ILoadSimulation
{
    private const int HighestRate = 100_000;
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public double PeakRate => Rate / Interval.TotalSeconds;

    /// <inheritdoc />
    public long Planned => (long)((Int128)During.Ticks * Rate / Interval.Ticks);

    /// <inheritdoc />
    public IReadOnlyList<string> Problems => [.. Found()];

    /// <inheritdoc />
    public ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public void Run(Pacer pacer, Action<long> begin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pacer);
        ArgumentNullException.ThrowIfNull(begin);
        var start = pacer.Now;
        var planned = Planned;
        for (var index = 0L; index < planned; index++)
        {
            var due = start + pacer.Ticks(DueAfter(index));
            if (!pacer.Await(due, cancellationToken))
                return;
            begin(due);
        }
    }

    /// <summary>How long after the start an iteration is due: from the start, not from the one before, so that no rounding adds up.</summary>
    /// <param name="index">Number of the iteration, from 0.</param>
    public TimeSpan DueAfter(long index) => TimeSpan.FromTicks((long)((Int128)index * Interval.Ticks / Rate));

    private IEnumerable<string> Found()
    {
        if (Rate < 1)
            yield return $"the rate is {Rate}; at least 1 must arrive in an interval";
        if (Interval <= TimeSpan.Zero)
            yield return $"the interval is {Interval.TotalSeconds:0.###} s; it must be positive";
        if (Rate >= 1 && Interval > TimeSpan.Zero && PeakRate > HighestRate)
            yield return $"the rate is {PeakRate:0}/s; at most {HighestRate}/s can be paced";
        if (During <= TimeSpan.Zero || During > LongestRun)
            yield return $"it lasts {During.TotalSeconds:0.###} s; it must last longer than 0 s and at most {LongestRun.TotalHours:0} h";
        else if (Rate >= 1 && Interval > TimeSpan.Zero && Planned == 0)
            yield return $"none of {Rate} in {Interval.TotalSeconds:0.###} s arrives within {During.TotalSeconds:0.###} s";
    }
}
