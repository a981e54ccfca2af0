namespace Verification.Load;

/// <summary>The open model at a rate that grows or falls evenly (NBomber's RampingInject, k6's ramping-arrival-rate): an iteration is due
/// when the integral of the rate has reached its number.</summary>
/// <param name="Rate">How many arrive in an <paramref name="Interval"/> at its end.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="During">How long the rate takes to change.</param>
public sealed record RampingArrivalRate(int Rate, TimeSpan Interval, TimeSpan During) : OpenModel
{
    /// <summary>How many arrive in an interval at its begin: as many as of the model before it, else none.</summary>
    public int From { get; init; }

    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override double PeakRate => Math.Max(From, Rate) / Interval.TotalSeconds;

    /// <inheritdoc />
    public override long Planned => ArrivedAfter(During.Ticks);

    /// <inheritdoc />
    public override ILoadSimulation After(ILoadSimulation before) =>
        before switch
        {
            ConstantArrivalRate constant => this with { From = RateOf(constant.Rate, constant.Interval) },
            RampingArrivalRate ramp => this with { From = RateOf(ramp.Rate, ramp.Interval) },
            IterationsAtRate iterations => this with { From = RateOf(iterations.Rate, iterations.Interval) },
            _ => this with { From = 0 },
        };

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

    /// <summary>How long after the start an iteration is due: the first instant (100 ns) at which so many have arrived before it.</summary>
    /// <param name="index">Number of the iteration, from 0.</param>
    public TimeSpan DueAfter(long index)
    {
        var (earliest, latest) = (0L, During.Ticks);
        while (earliest < latest)
        {
            var middle = earliest + ((latest - earliest) / 2);
            if (ArrivedAfter(middle) >= index)
                latest = middle;
            else
                earliest = middle + 1;
        }

        return TimeSpan.FromTicks(earliest);
    }

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Rate(Rate, Interval, least: 0), .. ModelBounds.During(During)];
        if (found.Count == 0 && Planned == 0)
            found.Add(
                $"none arrives while the rate goes from {From} to {Rate} in {Interval.TotalSeconds:0.###} s within {During.TotalSeconds:0.###} s"
            );
        return found;
    }

    /// <summary>The whole part of the integral of the rate: (2·from·d·t + (rate − from)·t²) / (2·d·interval).</summary>
    private long ArrivedAfter(long ticks)
    {
        var during = (Int128)During.Ticks;
        return (long)(((2 * From * during * ticks) + ((Int128)(Rate - From) * ticks * ticks)) / (2 * during * Interval.Ticks));
    }

    /// <summary>A rate in this interval; between two of them it is rounded.</summary>
    private int RateOf(int rate, TimeSpan interval) => interval == Interval ? rate : (int)Math.Round(rate * (Interval / interval));
}
