namespace Verification.Gate.Reporting.Loads;

/// <summary>What became of the iterations of an operation, in words. Times are in ms.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Planned">How many were planned.</param>
/// <param name="Ok">How many were answered well.</param>
/// <param name="Failed">How many were answered otherwise.</param>
/// <param name="TimedOut">How many were not answered in time, or not before the end.</param>
/// <param name="Dropped">How many the generator had no room for.</param>
/// <param name="Rate">How many a second were begun.</param>
/// <param name="P50">The median of the response times.</param>
/// <param name="P75">75 of 100 were answered within this.</param>
/// <param name="P95">95 of 100 were answered within this.</param>
/// <param name="P99">99 of 100 were answered within this.</param>
/// <param name="Max">The longest.</param>
/// <param name="Lag">99 of 100 were begun within this of when they were due.</param>
internal sealed record OperationFigures(
    string Name,
    string Planned,
    string Ok,
    string Failed,
    string TimedOut,
    string Dropped,
    string Rate,
    string P50,
    string P75,
    string P95,
    string P99,
    string Max,
    string Lag
)
{
    /// <summary>Of an operation.</summary>
    public static OperationFigures Of(LoadFile.Operation operation) =>
        new(
            operation.Name,
            Figures.Number(operation.Planned),
            Figures.Number(operation.Ok),
            Figures.Number(operation.Failed),
            Figures.Number(operation.TimedOut + operation.Unfinished),
            Figures.Number(operation.Dropped),
            Tenths(operation.RatePerSecond),
            Tenths(operation.Response.P50),
            Tenths(operation.Response.P75),
            Tenths(operation.Response.P95),
            Tenths(operation.Response.P99),
            Tenths(operation.Response.Max),
            Tenths(operation.Lag.P99)
        );

    private static string Tenths(double value) => Figures.Number(Math.Round(value, 1));
}
