namespace Verification.Load;

/// <summary>Another length and another rate than those that a load was written with; the mix of its operations stays.</summary>
/// <param name="Duration">How long each operation lasts; null for as long as it was written.</param>
/// <param name="Rate">How many iterations of all operations begin a second at their peaks together, of those that wait for no other; null
/// for as many as were written.</param>
public sealed record LoadShape(TimeSpan? Duration, int? Rate)
{
    /// <summary>As it was written.</summary>
    public static LoadShape AsWritten { get; } = new(null, null);

    /// <summary>How each operation is to be scaled.</summary>
    /// <param name="operations">The load of each.</param>
    /// <returns>For each, how many times as long it is to last, and how many times as often to begin.</returns>
    public IReadOnlyList<(double Time, double Rate)> Of(IReadOnlyList<ILoadSimulation> operations)
    {
        var peak = operations.Sum(operation => operation.PeakRate);
        var rate = Rate is { } wanted && peak > 0 ? wanted / peak : 1;
        return [.. operations.Select(operation => (TimeOf(operation), rate))];
    }

    /// <summary>What lasts until so many iterations were begun has no length to be scaled.</summary>
    private double TimeOf(ILoadSimulation operation) =>
        Duration is { } wanted && operation.Length > TimeSpan.Zero ? wanted / operation.Length : 1;
}
