namespace Verification.Load;

/// <summary>The open model at one rate until so many iterations have arrived (NBomber's IterationsForInject).</summary>
/// <param name="Rate">How many arrive in each <paramref name="Interval"/>.</param>
/// <param name="Interval">The time in which they arrive.</param>
/// <param name="Iterations">How many arrive in all.</param>
public sealed record IterationsAtRate(int Rate, TimeSpan Interval, int Iterations) : OpenModel
{
    /// <summary>As long as that many take to arrive.</summary>
    public override TimeSpan Length => TimeSpan.FromTicks((long)((Int128)Iterations * Interval.Ticks / Rate));

    /// <inheritdoc />
    public override double PeakRate => Rate / Interval.TotalSeconds;

    /// <inheritdoc />
    public override long Planned => Iterations;

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => new ConstantArrivalRate(Rate, Interval, during);

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) =>
        this with
        {
            Interval = Interval / rate,
            Iterations = (int)Math.Round(Iterations * time * rate),
        };

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Arrivals()
    {
        var evenly = new ConstantArrivalRate(Rate, Interval, Length);
        for (var index = 0L; index < Iterations; index++)
            yield return evenly.DueAfter(index);
    }

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Rate(Rate, Interval), .. ModelBounds.Iterations(Iterations)];
        return found.Count == 0 ? ModelBounds.During(Length) : found;
    }
}
