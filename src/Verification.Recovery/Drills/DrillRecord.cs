namespace Verification.Recovery;

/// <summary>What a drill did, as it is kept.</summary>
public sealed record DrillRecord
{
    /// <summary>Its name.</summary>
    public required string Drill { get; init; }

    /// <summary>By what it was done.</summary>
    public required DrillTools Tools { get; init; }

    /// <summary>What it has shown, and what it has not.</summary>
    public required DrillFindings Findings { get; init; }

    /// <summary>Rows of its volume, beside the buffs that are listed.</summary>
    public required long Rows { get; init; }

    /// <summary>How the backup was made, phase by phase; empty in a drill that finds one.</summary>
    public required IReadOnlyList<ProcedurePhase> Backup { get; init; }

    /// <summary>How the platform came back, phase by phase, from the accident on.</summary>
    public required IReadOnlyList<ProcedurePhase> Recovery { get; init; }

    /// <summary>From the accident to the first good answer to a GET, in s; null in a drill that serves nobody.</summary>
    public double? FirstReadSeconds { get; init; }

    /// <summary>From the accident to the first buff that was posted and stood in the table, in s; null in a drill that serves
    /// nobody.</summary>
    public double? FirstWriteSeconds { get; init; }

    /// <summary>How long before the accident the oldest of the lost buffs was acknowledged, in s; 0 where none was lost, null in a drill
    /// without an accident.</summary>
    public double? LostSeconds { get; init; }

    /// <summary>Each acknowledged buff that did not come back, the oldest first; all of them.</summary>
    public IReadOnlyList<LostBuff> Lost { get; init; } = [];

    /// <summary>How old the newest heartbeat that came back was when the drill began, in s; null in a drill that does not ask it.</summary>
    public double? PointSeconds { get; init; }

    /// <summary>How long GET took while the backup was made and binary logs were closed, under the traffic of the drill; null in a drill
    /// that lists nothing meanwhile.</summary>
    public ListTimes? Listings { get; init; }

    /// <summary>What was to come back; null in a drill that can't know it.</summary>
    public DatabaseContent? Wanted { get; init; }

    /// <summary>What came back; null in a drill that keeps nothing.</summary>
    public DatabaseContent? Restored { get; init; }

    /// <summary>How the two differ, what is not durable, why it was refused: one phrase each.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>What the procedures told, such as <c>restore gtid</c>: which backup it was, and to where it came.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What reports told.</summary>
    /// <param name="reports">Each with what the procedure is called.</param>
    public static IReadOnlyDictionary<string, string> FactsOf(params IReadOnlyList<(string Procedure, ProcedureReport Report)> reports) =>
        reports
            .SelectMany(told => told.Report.Facts.Select(fact => (Name: $"{told.Procedure} {fact.Key}", fact.Value)))
            .ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
}
