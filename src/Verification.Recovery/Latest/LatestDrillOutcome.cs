using System.Globalization;

namespace Verification.Recovery;

/// <summary>How a drill of the newest backup ended.</summary>
/// <param name="Fetched">What the copying told.</param>
/// <param name="Restored">What the drill told; null where nothing could be copied.</param>
/// <param name="Metrics">What is to be told of it to Prometheus, in its text form; null where it did not come to its end.</param>
public sealed record LatestDrillOutcome(ProcedureReport Fetched, ProcedureReport? Restored, string? Metrics)
{
    private static readonly string[] NotLookedAt =
    [
        "dumps: this drill restores bases alone.",
        "services: none was started on what came back.",
    ];

    /// <summary>What the programs of the image told of their versions.</summary>
    public string Versions { get; init; } = string.Empty;

    /// <summary>Why nothing is proven; null where all is.</summary>
    public string? Refusal => Fetched.Refusal ?? Restored?.Refusal;

    private IReadOnlyList<(string Procedure, ProcedureReport Report)> Reports =>
        Restored is null ? [("fetch", Fetched)] : [("fetch", Fetched), ("drill", Restored)];

    /// <summary>It as it is kept.</summary>
    /// <param name="tools">By what it was done.</param>
    public DrillRecord ToRecord(DrillTools tools) =>
        new()
        {
            Drill = "latest",
            Tools = tools,
            Findings = DrillFindings.Of(
                [
                    (
                        Refusal is null,
                        "The newest base and all that is archived were restored, held against the digests of the backup and the transactions of the archive, and read to the end."
                    ),
                ],
                NotLookedAt
            ),
            Rows = 0,
            Backup = [],
            Recovery = [.. Reports.SelectMany(each => each.Report.Phases)],
            PointSeconds = double.TryParse(Restored?.Facts.GetValueOrDefault("heartbeat"), CultureInfo.InvariantCulture, out var age)
                ? age
                : null,
            Differences = Refusal is { } why ? [why] : [],
            Facts = DrillRecord.FactsOf(Reports),
        };
}
