namespace Verification.Recovery;

/// <summary>How long GET took while a drill went on. One that is slow delays none of the others: each begins when it is due.</summary>
/// <param name="PerSecond">How many were begun in a second.</param>
/// <param name="Answered">How many were answered with 200.</param>
/// <param name="Unanswered">How many were not.</param>
/// <param name="P95Seconds">95 of 100 of those that were answered took at most this, in s; null where none was.</param>
/// <param name="LongestSeconds">The longest of them, in s; null where none was.</param>
public sealed record ListTimes(double PerSecond, int Answered, int Unanswered, double? P95Seconds, double? LongestSeconds)
{
    /// <summary>Of single ones.</summary>
    /// <param name="perSecond">How many were begun in a second.</param>
    /// <param name="answered">How long those took that were answered with 200.</param>
    /// <param name="unanswered">How many were not.</param>
    public static ListTimes Of(double perSecond, IReadOnlyCollection<TimeSpan> answered, int unanswered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        var seconds = answered.Select(took => Math.Round(took.TotalSeconds, 4)).Order().ToList();
        return seconds is [.., var longest]
            ? new ListTimes(perSecond, seconds.Count, unanswered, seconds[(((95 * seconds.Count) + 99) / 100) - 1], longest)
            : new ListTimes(perSecond, 0, unanswered, P95Seconds: null, LongestSeconds: null);
    }
}
