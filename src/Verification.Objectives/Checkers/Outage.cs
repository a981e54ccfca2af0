namespace Verification.Objectives;

/// <summary>Times in which nothing was answered.</summary>
public static class Outage
{
    private const double NanosecondsPerTick = 100;

    /// <summary>Time from a moment on until operations are answered well again, and stay so: the longest time without a good answer, or the
    /// time until the first good
    /// answer to one that began after the last that failed, whichever is longer.</summary>
    /// <param name="history">Operations and their invocations; one whose end was not recorded has not been answered.</param>
    /// <param name="name">Name of the operations: <c>post</c>.</param>
    /// <param name="since">The moment, in ns: what began before it does not count.</param>
    public static RecoveryResult Recovery(IEnumerable<HistoryLine> history, string name, long since)
    {
        var asked = Operations.Of(history).Where(line => line.Name == name && line.Invoke >= since).ToList();
        var failed = asked.Where(line => line.Outcome != Outcome.Ok).ToList();
        var answers = asked.Where(line => line.Outcome == Outcome.Ok).OrderBy(line => line.Complete).ToList();
        var lastFailed = failed.Count > 0 ? failed.Max(line => line.Invoke) : since;
        var steady = answers.Where(line => line.Invoke >= lastFailed).ToList();
        if (steady.Count == 0)
            return new RecoveryResult(null, asked.Count, failed.Count, 0);
        var untilSteady = failed.Count > 0 ? Between(since, steady[0].Complete!.Value) : TimeSpan.Zero;
        var silence = LongestBetween([since, .. answers.Select(line => line.Complete!.Value)]);
        return new RecoveryResult(untilSteady > silence ? untilSteady : silence, asked.Count, failed.Count, steady.Count);
    }

    /// <summary>The longest time between two moments that follow each other.</summary>
    internal static TimeSpan LongestBetween(IReadOnlyList<long> moments) =>
        Between(0, moments.Zip(moments.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max());

    /// <summary>From one moment to another, both in ns.</summary>
    internal static TimeSpan Between(long from, long to) => TimeSpan.FromTicks((long)((to - from) / NanosecondsPerTick));
}

/// <summary>How operations recovered.</summary>
/// <param name="Time">How long it took; null where they had not when the history ended.</param>
/// <param name="Asked">How many operations began.</param>
/// <param name="Failed">How many of them were not answered well.</param>
/// <param name="AnsweredSince">How many were, of those that began after the last that failed.</param>
public sealed record RecoveryResult(TimeSpan? Time, long Asked, long Failed, long AnsweredSince);
