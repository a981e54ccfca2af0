namespace Verification.Recovery;

/// <summary>How a drill of the newest backup ended.</summary>
/// <param name="Fetched">What the copying told.</param>
/// <param name="Restored">What the drill told; null where nothing could be copied.</param>
/// <param name="Metrics">What is to be told of it to Prometheus, in its text form; null where it did not come to its end.</param>
public sealed record LatestDrillOutcome(ProcedureReport Fetched, ProcedureReport? Restored, string? Metrics)
{
    /// <summary>Why nothing is proven; null where all is.</summary>
    public string? Refusal => Fetched.Refusal ?? Restored?.Refusal;
}
