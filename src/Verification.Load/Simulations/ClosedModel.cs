namespace Verification.Load;

/// <summary>The closed model: copies, each of which begins its next iteration when its last has ended. A platform that is slow is asked
/// less often, so what a user waits for does not
/// show in its response times: it tells how much a platform can do at once, not how long it lets others wait.</summary>
public abstract record ClosedModel : ILoadSimulation
{
    /// <inheritdoc />
    public abstract TimeSpan Length { get; }

    /// <inheritdoc />
    public double PeakRate => 0;

    /// <inheritdoc />
    public abstract int MostCopies { get; }

    /// <inheritdoc />
    public virtual long? Planned => null;

    /// <inheritdoc />
    public IReadOnlyList<string> Problems => [.. Found()];

    /// <inheritdoc />
    public virtual ILoadSimulation After(ILoadSimulation before) => this;

    /// <inheritdoc />
    public abstract ILoadSimulation Lasting(TimeSpan during);

    /// <inheritdoc />
    public abstract ILoadSimulation Scaled(double time, double rate);

    /// <inheritdoc />
    public long Run(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Pacer.Await(start, cancellationToken) ? Drive(flow, start, cancellationToken) : start;
    }

    /// <summary>Changes the number of copies until it is over.</summary>
    /// <returns>When it is over, on the pacer's clock.</returns>
    private protected abstract long Drive(IterationFlow flow, long start, CancellationToken cancellationToken);

    /// <summary>Finds what is wrong with the config.</summary>
    protected abstract IEnumerable<string> Found();
}
