namespace Verification.Benchmarks.Engine;

/// <summary>How far requests of one rate have arrived from when they should have, in ms: behind an even schedule through the one that was
/// least behind it. Only the receiver's clock says so, whoever has sent.</summary>
/// <param name="P50">The median.</param>
/// <param name="P99">99 of 100 are at most this.</param>
internal sealed record SendErrors(double P50, double P99)
{
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Of arrivals.</summary>
    /// <param name="arrivals">When each has arrived, in ns.</param>
    /// <param name="rate">How many should have a second.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SendErrors Of(IReadOnlyCollection<long> arrivals, double rate)
    {
        if (arrivals.Count == 0)
            throw new ArgumentException("No request has arrived.", nameof(arrivals));
        var first = arrivals.Min();
        var behind = arrivals.Order().Select((at, index) => at - first - (index * NanosecondsPerSecond / rate)).Order().ToList();
        double At(double share) => (behind[(int)Math.Ceiling((behind.Count * share) - 1)] - behind[0]) / NanosecondsPerMillisecond;
        return new SendErrors(At(0.5), At(0.99));
    }

    /// <inheritdoc />
    public override string ToString() => $"send error p50 {P50:0.000} ms, p99 {P99:0.000} ms";
}
