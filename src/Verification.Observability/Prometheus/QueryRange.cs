using System.Globalization;

namespace Verification.Observability;

/// <summary>A time over which Prometheus is asked.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Step">How far two values are from each other.</param>
public sealed record QueryRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>How many values a series has that is there all the time.</summary>
    internal int Values => Math.Max(0, (int)((To - From) / Step)) + 1;

    /// <summary>How long after its begin a moment is, in s.</summary>
    /// <param name="at">The moment, in s since 1970.</param>
    internal double Since(double at) => Math.Round(at - Seconds(From), 3);

    /// <summary>As the parameters of a range query.</summary>
    internal string Parameters =>
        string.Create(CultureInfo.InvariantCulture, $"start={Seconds(From):0.###}&end={Seconds(To):0.###}&step={Step.TotalSeconds:0.###}");

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / MillisecondsPerSecond;
}
