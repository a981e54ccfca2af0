using HdrHistogram;

namespace Verification.Load;

/// <summary>Times of an operation or of one of its steps, as they were recorded.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Step">Name of the step; null for whole iterations.</param>
/// <param name="Kind">From when to when they count.</param>
/// <param name="Times">The times, in µs.</param>
public sealed record Distribution(string Operation, string? Step, DistributionKind Kind, HistogramBase Times);

/// <summary>From when to when times count.</summary>
public enum DistributionKind
{
    /// <summary>From when an iteration was due to its end.</summary>
    Response,

    /// <summary>From when an iteration or a step began to its end.</summary>
    Service,

    /// <summary>From when an iteration was due to when it began.</summary>
    Lag,
}
