namespace Verification.Load;

/// <summary>The closed model with one number of copies (NBomber's KeepConstant, k6's constant-vus).</summary>
/// <param name="Copies">How many run.</param>
/// <param name="During">How long.</param>
public sealed record ConstantCopies(int Copies, TimeSpan During) : ClosedModel
{
    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override int MostCopies => Copies;

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { During = During * time };

    /// <inheritdoc />
    private protected override long Drive(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        flow.Keep(Copies);
        var end = start + flow.Pacer.Ticks(During);
        flow.Pacer.Await(end, cancellationToken);
        return end;
    }

    /// <inheritdoc />
    protected override IEnumerable<string> Found() => [.. ModelBounds.Copies(Copies), .. ModelBounds.During(During)];
}
