namespace Verification.Benchmarks;

/// <summary>The middle of an odd number of measurements.</summary>
internal static class Medians
{
    public static double Of(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
