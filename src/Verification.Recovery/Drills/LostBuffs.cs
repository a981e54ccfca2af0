using Verification.Objectives;

namespace Verification.Recovery;

/// <summary>How far back an accident reaches: what recovery calls the point that was reached (RPO).</summary>
public static class LostBuffs
{
    /// <summary>How long before an accident the oldest of the lost buffs was acknowledged, in s; 0 where none was lost, or none before
    /// it.</summary>
    /// <param name="accident">When it happened, in ns of the history.</param>
    /// <param name="account">Which were lost.</param>
    /// <param name="history">When each was acknowledged.</param>
    public static double SecondsBefore(long accident, LedgerResult account, IEnumerable<HistoryLine> history)
    {
        ArgumentNullException.ThrowIfNull(account);
        var lost = account.Lost.Concat(account.DeadLettered).ToHashSet(StringComparer.Ordinal);
        var oldest = Operations
            .Of(history)
            .Where(line => line is { Name: "post", Outcome: Outcome.Ok, Marker: { } marker, Complete: not null } && lost.Contains(marker))
            .Select(line => line.Complete!.Value)
            .DefaultIfEmpty(accident)
            .Min();
        return Math.Max(0, Math.Round((accident - oldest) / 1e9, 3));
    }
}
