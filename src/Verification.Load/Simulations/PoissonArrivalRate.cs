namespace Verification.Load;

/// <summary>The open model of many users who know nothing of each other: iterations arrive as a Poisson process, at random with a rate on
/// average. The same seed draws the same.</summary>
/// <param name="Rate">How many arrive in an <paramref name="Interval"/> on average.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="During">How long they arrive.</param>
/// <param name="Seed">What all is drawn from.</param>
public sealed record PoissonArrivalRate(int Rate, TimeSpan Interval, TimeSpan During, int Seed) : OpenModel
{
    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <summary>The most that arrive within a second, wherever that begins; where all is over sooner, all of it.</summary>
    public override double PeakRate
    {
        get
        {
            var within = new Queue<TimeSpan>();
            var most = 0;
            foreach (var due in Arrivals())
            {
                within.Enqueue(due);
                while (due - within.Peek() >= TimeSpan.FromSeconds(1))
                    within.Dequeue();
                most = Math.Max(most, within.Count);
            }

            return most;
        }
    }

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
        var mean = (double)Interval.Ticks / Rate;
        // From one to the next it is an exponential time; what is drawn lies below 1, so that its logarithm is a number.
        for (var due = Next(); due < During.Ticks; due += Next())
            yield return TimeSpan.FromTicks((long)due);

        double Next() => -Math.Log(1 - random.NextDouble()) * mean;
    }
#pragma warning restore CA5394

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Rate(Rate, Interval), .. ModelBounds.During(During)];
        if (found.Count == 0 && Planned == 0)
            found.Add(
                $"none of {Rate} in {Interval.TotalSeconds:0.###} s arrives within {During.TotalSeconds:0.###} s with the seed {Seed}"
            );
        return found;
    }
}
