using System.Globalization;
using Verification.Objectives;

namespace Verification.Recovery;

/// <summary>How far back an accident reaches: what recovery calls the point that was reached (RPO).</summary>
public static class LostBuffs
{
    private const int Told = 5;

    /// <summary>Each lost buff, the oldest first.</summary>
    /// <param name="accident">When it happened, in ns of the history.</param>
    /// <param name="account">Which were lost.</param>
    /// <param name="history">When each was acknowledged.</param>
    public static IReadOnlyList<LostBuff> Before(long accident, LedgerResult account, IEnumerable<HistoryLine> history)
    {
        ArgumentNullException.ThrowIfNull(account);
        var lost = account.Lost.Concat(account.DeadLettered).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Operations
                .Of(history)
                .Where(line =>
                    line is { Name: "post", Outcome: Outcome.Ok, Marker: { } marker, Complete: not null } && lost.Contains(marker)
                )
                .GroupBy(line => line.Marker!, line => line.Complete!.Value, StringComparer.Ordinal)
                .Select(acknowledged => new LostBuff(acknowledged.Key, Math.Max(0, Math.Round((accident - acknowledged.Min()) / 1e9, 3))))
                .OrderByDescending(buff => buff.Seconds),
        ];
    }

    /// <summary>How long before an accident the oldest of them was acknowledged, in s; 0 where none was lost, or none before it.</summary>
    public static double PointOf(IReadOnlyList<LostBuff> lost)
    {
        ArgumentNullException.ThrowIfNull(lost);
        return lost is [var oldest, ..] ? oldest.Seconds : 0;
    }

    /// <summary>The oldest five of them, as the end of a sentence; nothing where none was lost.</summary>
    public static string Name(IReadOnlyList<LostBuff> lost)
    {
        ArgumentNullException.ThrowIfNull(lost);
        return lost.Count == 0
            ? string.Empty
            : $"; lost, by how long before the accident they were acknowledged: {string.Join(", ", lost.Take(Told).Select(buff => string.Create(CultureInfo.InvariantCulture, $"'{buff.Marker}' {buff.Seconds:0.000} s")))}{(lost.Count > Told ? $" and {lost.Count - Told} later ones" : string.Empty)}";
    }
}

/// <summary>An acknowledged buff that did not come back.</summary>
/// <param name="Marker">Its question.</param>
/// <param name="Seconds">How long before the accident it was acknowledged, in s; 0 where that was after it.</param>
public sealed record LostBuff(string Marker, double Seconds);
