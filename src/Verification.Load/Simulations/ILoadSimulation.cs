namespace Verification.Load;

/// <summary>A load model: when iterations begin. Each is a file of its own, with its config, its validation and its schedule: an
/// <see cref="OpenModel"/>, a <see cref="ClosedModel"/>, or
/// a <see cref="LoadSequence"/> of them.</summary>
public interface ILoadSimulation
{
    /// <summary>How long it lasts; zero where it is known only once its iterations have ended.</summary>
    TimeSpan Length { get; }

    /// <summary>The highest rate at which it begins iterations that wait for no other, per second.</summary>
    double PeakRate { get; }

    /// <summary>How many copies it runs at most, each beginning an iteration when its last has ended.</summary>
    int MostCopies { get; }

    /// <summary>How many iterations it plans; null where the platform decides by how fast it answers.</summary>
    long? Planned { get; }

    /// <summary>All that is wrong with its config; none where it can run.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>The same load behind another: a ramp begins where that one ended.</summary>
    ILoadSimulation After(ILoadSimulation before) => this;

    /// <summary>The same load for another time: what warms a platform up.</summary>
    ILoadSimulation Lasting(TimeSpan during);

    /// <summary>The same load with other figures.</summary>
    /// <param name="time">How many times as long it lasts.</param>
    /// <param name="rate">How many times as often iterations begin that wait for no other; copies are no rate, and stay.</param>
    ILoadSimulation Scaled(double time, double rate);

    /// <summary>Begins every planned iteration when it is due, and none twice, or keeps its copies running. Returns when it has begun all
    /// that it will, or earlier where it is cancelled.</summary>
    /// <param name="flow">The iterations.</param>
    /// <param name="start">When it starts, on the pacer's clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>When it is over, on the pacer's clock: what follows it starts then.</returns>
    long Run(IterationFlow flow, long start, CancellationToken cancellationToken);
}
