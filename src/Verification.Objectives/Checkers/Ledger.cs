using System.Runtime.InteropServices;

namespace Verification.Objectives;

/// <summary>Accounts for every acknowledged write: an acknowledged buff stands exactly once in MySQL, or is named: as dead-lettered, or as
/// lost.</summary>
public static class Ledger
{
    private const int Named = 5;

    /// <summary>Holds the POSTs of a history against the rows that were found.</summary>
    /// <param name="history">Operations; those named <c>post</c> with a marker count. Read once; of each marker only its outcomes are
    /// kept.</param>
    /// <param name="rows">How often each marker stands in the table.</param>
    /// <param name="buried">How often each marker lies in the dead-letter queue; null if nobody looked.</param>
    public static LedgerResult Check(
        IEnumerable<HistoryLine> history,
        IReadOnlyDictionary<string, long> rows,
        IReadOnlyDictionary<string, long>? buried = null
    )
    {
        var attempts = new Dictionary<string, Attempts>(StringComparer.Ordinal);
        var acked = new List<string>();
        foreach (var line in Operations.Of(history))
        {
            if (line is not { Name: "post", Marker: { } marker })
                continue;
            ref var made = ref CollectionsMarshal.GetValueRefOrAddDefault(attempts, marker, out _);
            made = made.And(line.Outcome);
            if (line.Outcome == Outcome.Ok && made.Acked == 1)
                acked.Add(marker);
        }

        // The same text posted and acknowledged twice is two buffs.
        var missing = acked
            .Where(marker => rows.GetValueOrDefault(marker) < attempts[marker].Acked)
            .ToLookup(marker => rows.GetValueOrDefault(marker) + (buried?.GetValueOrDefault(marker) ?? 0) >= attempts[marker].Acked);
        var stored = rows.Where(row => row.Value > 0)
            .Select(row => (Marker: row.Key, Count: row.Value, Made: attempts.GetValueOrDefault(row.Key)));
        return new LedgerResult(
            acked.Count,
            [.. missing[false]],
            [.. missing[true]],
            [.. stored.Where(row => row.Count > Math.Max(1, row.Made.Acked + row.Made.Unknown)).Select(row => row.Marker)],
            [.. stored.Where(row => row.Made is { All: > 0 } made && made.All == made.Unknown).Select(row => row.Marker)],
            [.. stored.Where(row => row.Made.All == row.Made.Refused).Select(row => row.Marker)]
        );
    }

    /// <summary>Names the first few markers of a list.</summary>
    internal static string Name(string what, IReadOnlyList<string> markers) =>
        markers.Count == 0
            ? $"0 {what}"
            : $"{markers.Count} {what} ({string.Join(", ", markers.Take(Named).Select(marker => $"'{marker}'"))}{(markers.Count > Named ? ", …" : string.Empty)})";

    /// <summary>The POSTs of one marker, by outcome.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Attempts(int All, int Acked, int Unknown, int Refused)
    {
        public Attempts And(Outcome? outcome) =>
            new(
                All + 1,
                Acked + (outcome == Outcome.Ok ? 1 : 0),
                Unknown + (outcome == Outcome.Info ? 1 : 0),
                Refused + (outcome == Outcome.Fail ? 1 : 0)
            );
    }
}

/// <summary>The account of a history.</summary>
/// <param name="Acked">How many buffs were acknowledged.</param>
/// <param name="Lost">Less often in the table, and in the dead-letter queue, than acknowledged.</param>
/// <param name="DeadLettered">Not in the table, but kept in the dead-letter queue.</param>
/// <param name="Duplicated">More often in the table than they can have been posted.</param>
/// <param name="Recovered">Of unknown outcome, and in the table: allowed.</param>
/// <param name="Unexpected">In the table, although every POST was refused or none was made.</param>
public sealed record LedgerResult(
    long Acked,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> DeadLettered,
    IReadOnlyList<string> Duplicated,
    IReadOnlyList<string> Recovered,
    IReadOnlyList<string> Unexpected
)
{
    /// <summary>How many acknowledged buffs do not stand exactly once in the table, and how many stand there that nobody has posted, or
    /// that were refused. What may have been taken, of unknown outcome, is none of them.</summary>
    public int Faults => Lost.Count + DeadLettered.Count + Duplicated.Union(Unexpected, StringComparer.Ordinal).Count();

    /// <summary>How many messages the broker gave to no consumer until it was restarted: late, and not lost.</summary>
    public long HeldBack { get; init; }

    /// <summary>How far the buffs got that do not stand exactly once in the table; null where nobody looked.</summary>
    public JourneyResult? Journey { get; init; }

    /// <summary>File with the whole account, relative to the run's folder; null where it was not stored.</summary>
    public string? File { get; init; }

    /// <summary>The account in a sentence; up to five buffs of each kind are named.</summary>
    public string Diagnosis =>
        Acked == 0
            ? "no POST was acknowledged: nothing was observed"
            : $"of {Acked} acknowledged buffs {Ledger.Name("lost", Lost)}, {(DeadLettered.Count == 0 ? string.Empty : $"{Ledger.Name("dead-lettered", DeadLettered)}, ")}{Ledger.Name("doubled", Duplicated)}; {Ledger.Name("unexpected", Unexpected)}, {Ledger.Name("of unknown outcome found", Recovered)}{(HeldBack == 0 ? string.Empty : $"; the broker held back {HeldBack} until it was restarted")}{(Journey?.Diagnosis is { } way ? $". {way}" : string.Empty)}";
}
