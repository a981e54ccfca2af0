using Verification.Objectives;

namespace Verification.Load;

/// <summary>An objective that is decided by how the iterations of a load end.</summary>
/// <param name="Objective">Id of the objective.</param>
public abstract record LoadPromise(string Objective)
{
    /// <summary>What a run says of it.</summary>
    public abstract Measurement Of(LoadMeasurements measured);

    /// <summary>How many of all that is planned may break it; null where nobody knows how many there will be.</summary>
    /// <param name="operations">The operations of the load.</param>
    /// <param name="limit">Limit of the objective.</param>
    internal abstract long? Allowed(IReadOnlyList<LoadOperation> operations, double limit);

    /// <summary>Whether an iteration breaks it.</summary>
    /// <param name="operation">Name of its operation.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="response">From when it was due to its end.</param>
    /// <param name="limit">Limit of the objective.</param>
    internal abstract bool IsBrokenBy(string operation, IterationOutcome outcome, TimeSpan response, double limit);

    /// <summary>What those that break it did, in a few words.</summary>
    internal abstract string Told(double limit);
}

/// <summary>At least such a share of all iterations is answered well: the limit is a ratio.</summary>
/// <param name="Objective">Id of the objective.</param>
public sealed record SuccessPromise(string Objective) : LoadPromise(Objective)
{
    private const double Rounding = 1e-9;

    /// <inheritdoc />
    public override Measurement Of(LoadMeasurements measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Success(Objective);
    }

    internal override long? Allowed(IReadOnlyList<LoadOperation> operations, double limit) =>
        operations.Aggregate((long?)0, (sum, operation) => sum + operation.Simulation.Planned) is { } planned
            ? (long)Math.Floor((planned * (1 - limit)) + Rounding)
            : null;

    internal override bool IsBrokenBy(string operation, IterationOutcome outcome, TimeSpan response, double limit) =>
        outcome != IterationOutcome.Ok;

    internal override string Told(double limit) => "were not answered well";
}

/// <summary>Of the iterations of an operation, so many of 100 end within a time of when they were due: the limit is in ms.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Percentile">How many of 100: one of those of <see cref="Percentiles"/>.</param>
public sealed record LatencyPromise(string Objective, string Operation, int Percentile) : LoadPromise(Objective)
{
    /// <inheritdoc />
    public override Measurement Of(LoadMeasurements measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Latency(Objective, Operation, Percentile);
    }

    internal override long? Allowed(IReadOnlyList<LoadOperation> operations, double limit) =>
        operations.Single(operation => operation.Name == Operation).Simulation.Planned is { } planned
            ? planned - Percentiles.RankOf(Percentile, planned)
            : null;

    internal override bool IsBrokenBy(string operation, IterationOutcome outcome, TimeSpan response, double limit) =>
        operation == Operation && response.TotalMilliseconds > limit;

    internal override string Told(double limit) => FormattableString.Invariant($"took longer than {limit:0.###} ms");
}

/// <summary>A promise with the limit of its objective.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Limit">The limit, in the unit of the objective.</param>
public sealed record LoadLimit(LoadPromise Promise, double Limit);
