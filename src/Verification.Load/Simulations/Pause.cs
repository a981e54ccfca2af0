namespace Verification.Load;

/// <summary>Nothing begins for a time (NBomber's Pause).</summary>
/// <param name="During">How long.</param>
public sealed record Pause(TimeSpan During) : OpenModel
{
    /// <inheritdoc />
    public override TimeSpan Length => During;

    /// <inheritdoc />
    public override double PeakRate => 0;

    /// <inheritdoc />
    public override long Planned => 0;

    /// <inheritdoc />
    public override ILoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <inheritdoc />
    public override ILoadSimulation Scaled(double time, double rate) => this with { During = During * time };

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Arrivals() => [];

    /// <inheritdoc />
    protected override IEnumerable<string> Found() => ModelBounds.During(During);
}
