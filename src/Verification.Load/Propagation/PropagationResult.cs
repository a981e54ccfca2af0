namespace Verification.Load;

/// <summary>How acknowledged buffs became visible.</summary>
/// <param name="Acknowledged">How many were acknowledged.</param>
/// <param name="ToRow">From the 200 of each POST to its row (ms).</param>
/// <param name="ToList">From the 200 of each POST to the first GET that showed it (ms).</param>
/// <param name="WithoutRow">How many had no row until the watch ended.</param>
/// <param name="Unlisted">How many no GET showed until the watch ended.</param>
/// <param name="Late">How many were listed later than they should have been.</param>
public sealed record PropagationResult(long Acknowledged, Percentiles ToRow, Percentiles ToList, long WithoutRow, long Unlisted, long Late)
{
    /// <summary>From one look at the table to the next (ms): no time is known better.</summary>
    public required Percentiles BetweenRows { get; init; }

    /// <summary>From one list to the next (ms): no time is known better.</summary>
    public required Percentiles BetweenLists { get; init; }

    /// <summary>The account in a sentence.</summary>
    public override string ToString() =>
        $"{Acknowledged} acknowledged, {WithoutRow} without a row, {Unlisted} unlisted, {Late} late; to the row p50 {ToRow.P50:0.0} ms, p99 {ToRow.P99:0.0} ms; to the list p50 {ToList.P50:0.0} ms, p99 {ToList.P99:0.0} ms, max {ToList.Max:0.0} ms";
}
