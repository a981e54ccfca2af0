using HdrHistogram;

namespace Verification.Load;

/// <summary>A distribution of times, in ms; all 0 where nothing was recorded.</summary>
/// <param name="Count">How many were recorded.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P75">75 of 100 are at most this.</param>
/// <param name="P95">95 of 100 are at most this.</param>
/// <param name="P99">99 of 100 are at most this.</param>
/// <param name="Max">The longest.</param>
public sealed record Percentiles(long Count, double Mean, double P50, double P75, double P95, double P99, double Max)
{
    /// <summary>A recorded time is known to one part in so many: three digits.</summary>
    private const double Precision = 1000;

    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>How far the value of a percentile can be from what was timed, in the same unit.</summary>
    public static double ResolutionOf(double value) => value / Precision;

    /// <summary>One of them.</summary>
    /// <param name="percentile">Of how many of 100: 50, 75, 95 or 99.</param>
    public double At(int percentile) =>
        percentile switch
        {
            50 => P50,
            75 => P75,
            95 => P95,
            99 => P99,
            _ => throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "There are 50, 75, 95 and 99."),
        };

    /// <summary>Which of so many, from the shortest on, a percentile is: as HdrHistogram counts.</summary>
    internal static long RankOf(int percentile, long count) => Math.Max(1, (long)((percentile / 100.0 * count) + 0.5));

    /// <summary>The distribution of a histogram of µs, from the median on: each point has half as many above it as the one before, until
    /// none is.</summary>
    internal static IReadOnlyList<CurvePoint> CurveOf(HistogramBase histogram)
    {
        var points = new List<CurvePoint>();
        if (histogram.TotalCount == 0)
            return points;
        for (var above = 0.5; above * histogram.TotalCount >= 1; above /= 2)
            points.Add(
                new CurvePoint(100 - (100 * above), histogram.GetValueAtPercentile(100 - (100 * above)) / MicrosecondsPerMillisecond)
            );
        points.Add(new CurvePoint(100, histogram.GetMaxValue() / MicrosecondsPerMillisecond));
        return points;
    }

    /// <summary>Of a histogram of µs.</summary>
    internal static Percentiles Of(HistogramBase histogram)
    {
        if (histogram.TotalCount == 0)
            return new Percentiles(0, 0, 0, 0, 0, 0, 0);
        double At(double percentile) => histogram.GetValueAtPercentile(percentile) / MicrosecondsPerMillisecond;
        return new Percentiles(
            histogram.TotalCount,
            histogram.GetMean() / MicrosecondsPerMillisecond,
            At(50),
            At(75),
            At(95),
            At(99),
            histogram.GetMaxValue() / MicrosecondsPerMillisecond
        );
    }
}
