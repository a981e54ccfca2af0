using System.Globalization;

namespace Verification.Observability;

/// <summary>How often what is watched was scraped in a time: what was not looked at is quiet, too.</summary>
/// <param name="Targets">How many targets there are.</param>
/// <param name="Made">How often each of those was scraped that were.</param>
/// <param name="Failed">How many of these scrapes failed.</param>
/// <param name="Wanted">How often each was to be.</param>
public sealed record ScrapeCount(int Targets, IReadOnlyList<double> Made, double Failed, double Wanted)
{
    /// <summary>Why the time says nothing; null where each target was scraped nearly as often as it was to be, and well.</summary>
    public string? Lack =>
        Targets == 0 ? "Prometheus scrapes nothing"
        : Made.Count < Targets ? Text($"{Targets - Made.Count} of {Targets} targets were never scraped")
        : Failed > 0 ? Text($"{Failed:0} of {Made.Sum():0} scrapes failed")
        : Made.Min() < WantedLoad.Least * Wanted
            ? Text($"a target was scraped {Made.Min():0} times of {Wanted:0}, fewer than {WantedLoad.Least:P0}")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
