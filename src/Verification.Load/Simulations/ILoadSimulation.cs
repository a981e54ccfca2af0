namespace Verification.Load;

/// <summary>A load model: when iterations are to begin, whatever became of the ones before. Each is a file of its own, with its config, its validation and its run.</summary>
public interface ILoadSimulation
{
    /// <summary>How long it lasts.</summary>
    TimeSpan During { get; }

    /// <summary>The highest rate at which it begins iterations, per second.</summary>
    double PeakRate { get; }

    /// <summary>How many iterations it plans.</summary>
    long Planned { get; }

    /// <summary>All that is wrong with its config; none where it can run.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>The same load for another time: what warms a platform up.</summary>
    ILoadSimulation Lasting(TimeSpan during);

    /// <summary>Begins every planned iteration when it is due, and none twice. Returns when the last has begun, or earlier where it is cancelled.</summary>
    /// <param name="pacer">Waits until one is due.</param>
    /// <param name="begin">Begins one: it neither does its work nor waits for it. Told when the iteration was due, on the pacer's clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    void Run(Pacer pacer, Action<long> begin, CancellationToken cancellationToken);
}
