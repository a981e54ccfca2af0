namespace Verification.Load;

/// <summary>The closed model with a number of copies that grows or falls evenly (NBomber's RampingConstant, k6's ramping-vus). One that
/// goes ends its iteration first.</summary>
/// <param name="Copies">How many run at its end.</param>
/// <param name="During">How long the number takes to change.</param>
public sealed record RampingCopies(int Copies, TimeSpan During) : ClosedModel
{
    /// <summary>How many run at its begin: as many as of the model before it, else none.</summary>
    public int From { get; init; }

    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override int MostCopies => Math.Max(From, Copies);

    /// <inheritdoc />
    public override ILoadSimulation After(ILoadSimulation before) =>
        this with
        {
            From = before switch
            {
                ConstantCopies constant => constant.Copies,
                RampingCopies ramp => ramp.Copies,
                _ => 0,
            },
        };

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { During = During * time };

    /// <summary>When the number changes, and to what, in order: each time that the line from begin to end is nearer to another whole
    /// number, so that its sum over time is that of the line.</summary>
    public IEnumerable<(TimeSpan After, int Copies)> Changes()
    {
        var (steps, direction) = (Math.Abs(Copies - From), Math.Sign(Copies - From));
        for (var step = 1; step <= steps; step++)
            yield return (TimeSpan.FromTicks((long)((Int128)During.Ticks * ((2 * step) - 1) / (2 * steps))), From + (direction * step));
    }

    /// <inheritdoc />
    private protected override long Drive(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        flow.Keep(From);
        var end = start + flow.Pacer.Ticks(During);
        foreach (var (after, copies) in Changes())
        {
            if (!flow.Pacer.Await(start + flow.Pacer.Ticks(after), cancellationToken))
                return end;
            flow.Keep(copies);
        }

        flow.Pacer.Await(end, cancellationToken);
        return end;
    }

    /// <inheritdoc />
    protected override IEnumerable<string> Found()
    {
        List<string> found = [.. ModelBounds.Copies(Copies, least: 0), .. ModelBounds.During(During)];
        if (Copies == 0 && From == 0)
            found.Add("it goes from 0 copies to 0");
        return found;
    }
}
