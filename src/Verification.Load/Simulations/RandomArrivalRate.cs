namespace Verification.Load;

/// <summary>The open model at a rate that is drawn for each interval (NBomber's InjectRandom): as many arrive in it, evenly. The same seed
/// draws the same.</summary>
/// <param name="MinRate">The fewest that arrive in an <paramref name="Interval"/>.</param>
/// <param name="MaxRate">The most.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="During">How long they arrive.</param>
/// <param name="Seed">What all is drawn from.</param>
public sealed record RandomArrivalRate(int MinRate, int MaxRate, TimeSpan Interval, TimeSpan During, int Seed) : OpenModel
{
    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override double PeakRate => MaxRate / Interval.TotalSeconds;

    /// <inheritdoc />
    public override long Planned => Arrivals().LongCount();

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { Interval = Interval / rate, During = During * time };

    /// <inheritdoc />
#pragma warning disable CA5394 // It protects nothing: it spreads a load, and must be repeatable.
    public override IEnumerable<TimeSpan> Arrivals()
    {
        var random = new Random(Seed);
        for (var begin = 0L; begin < During.Ticks; begin += Interval.Ticks)
        {
            var drawn = random.Next(MinRate, MaxRate + 1);
            for (var index = 0L; index < drawn; index++)
            {
                var due = begin + (long)((Int128)index * Interval.Ticks / drawn);
                if (due < During.Ticks)
                    yield return TimeSpan.FromTicks(due);
            }
        }
    }
#pragma warning restore CA5394

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Rate(MaxRate, Interval), .. ModelBounds.During(During)];
        if (MinRate < 0 || MinRate >= MaxRate)
            found.Add($"the rate is drawn from {MinRate} to {MaxRate}; the lower must be at least 0 and below the upper");
        return found;
    }
}
