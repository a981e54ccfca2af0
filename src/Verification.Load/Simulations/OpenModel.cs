namespace Verification.Load;

/// <summary>The open model: iterations arrive by a schedule, whatever became of the ones before.</summary>
public abstract record OpenModel : ILoadSimulation
{
    /// <inheritdoc />
    public abstract TimeSpan Length { get; }

    /// <inheritdoc />
    public abstract double PeakRate { get; }

    /// <inheritdoc />
    public int MostCopies => 0;

    /// <inheritdoc cref="ILoadSimulation.Planned" />
    public abstract long Planned { get; }

    /// <inheritdoc />
    long? ILoadSimulation.Planned => Planned;

    /// <inheritdoc />
    public IReadOnlyList<string> Problems => [.. Found()];

    /// <inheritdoc />
    public virtual ILoadSimulation After(ILoadSimulation before) => this;

    /// <inheritdoc />
    public abstract ILoadSimulation Lasting(TimeSpan during);

    /// <inheritdoc />
    public abstract ILoadSimulation Scaled(double time, double rate);

    /// <summary>How long after the start each iteration is due, in order: from the start, not from the one before, so that no rounding adds
    /// up.</summary>
    public abstract IEnumerable<TimeSpan> Arrivals();

    /// <inheritdoc />
    public long Run(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        flow.Keep(0);
        foreach (var after in Arrivals())
        {
            var due = start + flow.Pacer.Ticks(after);
            if (!flow.Pacer.Await(due, cancellationToken))
                break;
            flow.Begin(due);
        }

        return start + flow.Pacer.Ticks(Length);
    }

    /// <summary>Finds what is wrong with the config.</summary>
    protected abstract IEnumerable<string> Found();
}
