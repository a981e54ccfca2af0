namespace Verification.Load;

/// <summary>What ended within a second of a run, from when it was due.</summary>
/// <param name="Second">Which, from 0.</param>
/// <param name="Ended">How many ended.</param>
/// <param name="Failed">How many of them not well.</param>
/// <param name="P50">The median of their response times, ms.</param>
/// <param name="P99">99 of 100 took at most this, ms.</param>
/// <param name="Max">The longest, ms.</param>
public sealed record LoadSecond(int Second, long Ended, long Failed, double P50, double P99, double Max);

/// <summary>A point of a distribution.</summary>
/// <param name="Percentile">So many of 100,</param>
/// <param name="Milliseconds">were at most this, ms.</param>
public sealed record CurvePoint(double Percentile, double Milliseconds);
