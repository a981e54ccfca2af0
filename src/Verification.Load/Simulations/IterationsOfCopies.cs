namespace Verification.Load;

/// <summary>The closed model until so many iterations have begun (NBomber's IterationsForConstant, k6's shared-iterations).</summary>
/// <param name="Copies">How many run.</param>
/// <param name="Iterations">How many iterations they share.</param>
public sealed record IterationsOfCopies(int Copies, int Iterations) : ClosedModel
{
    /// <inheritdoc />
    public override TimeSpan Length => TimeSpan.Zero;

    /// <inheritdoc />
    public override int MostCopies => Copies;

    /// <inheritdoc />
    public override long? Planned => Iterations;

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => new ConstantCopies(Copies, during);

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { Iterations = (int)Math.Round(Iterations * time) };

    /// <inheritdoc />
    private protected override long Drive(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        flow.Share(Copies, Iterations);
        flow.Pacer.Await(() => flow.AreShared, cancellationToken);
        return flow.Pacer.Now;
    }

    /// <inheritdoc />
    protected override IEnumerable<string> Found() => [.. ModelBounds.Copies(Copies), .. ModelBounds.Iterations(Iterations)];
}
