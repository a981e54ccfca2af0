using System.Text.Json.Serialization;

namespace Verification.Load;

/// <summary>What a load run has seen, without its warm-up.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Began">When it began (UTC).</param>
/// <param name="Took">How long, until the last iteration ended.</param>
/// <param name="WarmUp">How long it warmed up before.</param>
/// <param name="Operations">Each operation.</param>
public sealed record LoadResult(
    string Scenario,
    DateTimeOffset Began,
    TimeSpan Took,
    TimeSpan WarmUp,
    IReadOnlyList<OperationResult> Operations
)
{
    /// <summary>How many cores the process that made the load was using.</summary>
    public double GeneratorCores { get; init; }

    /// <summary>What the platform used meanwhile; none where nobody could tell.</summary>
    public IReadOnlyList<PlatformSecond> Platform { get; init; } = [];

    /// <summary>What its components counted meanwhile; none where they could not tell.</summary>
    public IReadOnlyList<CounterSecond> Counters { get; init; } = [];

    /// <summary>The files of its distributions; none where they were not kept.</summary>
    public IReadOnlyList<HistogramFile> Histograms { get; init; } = [];

    /// <summary>Why no more was begun before all that was planned; null where it was.</summary>
    public string? Stopped { get; init; }

    /// <summary>Why the generator, not the platform, decided the figures; null where it did not.</summary>
    public string? Saturation => GeneratorBounds.Broken(this);

    /// <summary>The operation with a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public OperationResult this[string operation] => Operations.Single(each => each.Name == operation);
}

/// <summary>What became of the iterations of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Planned">How many were planned.</param>
/// <param name="Scheduled">How many came due.</param>
/// <param name="Ok">How many were answered well.</param>
/// <param name="Failed">How many were answered otherwise.</param>
/// <param name="TimedOut">How many were not answered within their deadline.</param>
/// <param name="Dropped">How many the generator had no room for.</param>
/// <param name="Unfinished">How many were still under way when the run ended.</param>
public sealed record OperationResult(
    string Name,
    long Planned,
    long Scheduled,
    long Ok,
    long Failed,
    long TimedOut,
    long Dropped,
    long Unfinished
)
{
    /// <summary>How many began more than 10 ms after they were due.</summary>
    public long Late { get; init; }

    /// <summary>How long they were begun.</summary>
    public TimeSpan During { get; init; }

    /// <summary>How many a second were begun.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>From when each was due to its end.</summary>
    public required Percentiles Response { get; init; }

    /// <summary>From when each began to its end.</summary>
    public required Percentiles Service { get; init; }

    /// <summary>From when each was due to when it began: the generator's own lateness.</summary>
    public required Percentiles Lag { get; init; }

    /// <summary>What ended in each second.</summary>
    public IReadOnlyList<LoadSecond> Seconds { get; init; } = [];

    /// <summary>The distribution of the response times, from the median on.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Its times, and those of its steps, as they were recorded; files hold them (<see cref="HistogramFiles"/>).</summary>
    [JsonIgnore]
    public IReadOnlyList<Distribution> Distributions { get; init; } = [];

    /// <summary>How often each other answer came.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>How many were begun and should have ended well.</summary>
    public long Attempted => Ok + Failed + TimedOut + Unfinished;

    /// <summary>Whether every iteration that came due is accounted for.</summary>
    public bool AddsUp => Scheduled == Ok + Failed + TimedOut + Dropped + Unfinished;

    /// <summary>The account in a sentence.</summary>
    public override string ToString() =>
        $"{Name}: {Scheduled} of {Planned} due, {Ok} ok, {Failed} failed, {TimedOut} timed out, {Dropped} dropped, {Unfinished} unfinished, {Late} late; {RatePerSecond:0.0}/s; p50 {Response.P50:0.0} ms, p95 {Response.P95:0.0} ms, p99 {Response.P99:0.0} ms, lag p99 {Lag.P99:0.0} ms";
}
