namespace Verification.Load;

/// <summary>The open model at one rate: iterations arrive evenly, and do not wait for each other (NBomber's Inject, k6's
/// constant-arrival-rate).</summary>
/// <param name="Rate">How many arrive in each <paramref name="Interval"/>.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="During">How long they arrive.</param>
public sealed record ConstantArrivalRate(int Rate, TimeSpan Interval, TimeSpan During) : OpenModel
{
    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override double PeakRate => Rate / Interval.TotalSeconds;

    /// <inheritdoc />
    public override long Planned => (long)((Int128)During.Ticks * Rate / Interval.Ticks);

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { Interval = Interval / rate, During = During * time };

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Arrivals()
    {
        var planned = Planned;
        for (var index = 0L; index < planned; index++)
            yield return DueAfter(index);
    }

    /// <summary>How long after the start an iteration is due.</summary>
    /// <param name="index">Number of the iteration, from 0.</param>
    public TimeSpan DueAfter(long index) => TimeSpan.FromTicks((long)((Int128)index * Interval.Ticks / Rate));

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Rate(Rate, Interval), .. ModelBounds.During(During)];
        if (found.Count == 0 && Planned == 0)
            found.Add($"none of {Rate} in {Interval.TotalSeconds:0.###} s arrives within {During.TotalSeconds:0.###} s");
        return found;
    }
}
