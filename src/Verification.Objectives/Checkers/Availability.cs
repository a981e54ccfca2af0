namespace Verification.Objectives;

/// <summary>How much of what was asked in a window was answered, and for how long nothing was.</summary>
public static class Availability
{
    /// <summary>Looks at the operations that began in a window.</summary>
    /// <param name="history">Operations and their invocations; one whose end was not recorded has not been answered.</param>
    /// <param name="name">Name of the operations: <c>get</c>.</param>
    /// <param name="from">Begin of the window, in ns.</param>
    /// <param name="to">End of the window, in ns.</param>
    public static AvailabilityResult Check(IEnumerable<HistoryLine> history, string name, long from, long to)
    {
        var asked = Operations
            .Of(history)
            .Where(line => line.Name == name && line.Invoke >= from && line.Invoke <= to)
            .OrderBy(line => line.Invoke)
            .ToList();
        var answered = asked.Where(line => line.Outcome == Outcome.Ok).Select(line => line.Complete!.Value).Order().ToList();
        return new AvailabilityResult(
            asked.Count,
            answered.Count,
            Outage.LongestBetween([from, .. answered, Math.Max(to, answered.Count > 0 ? answered[^1] : to)]),
            [.. asked.Where(line => line.Outcome != Outcome.Ok).Select(line => $"{line.Instance} {line.Detail}")]
        );
    }
}

/// <summary>What became of the operations of a window.</summary>
/// <param name="Asked">How many began.</param>
/// <param name="Answered">How many of them were answered well.</param>
/// <param name="LongestOutage">Longest time without a good answer.</param>
/// <param name="Unanswered">Each of the others, in a few words, in the order of their begin.</param>
public sealed record AvailabilityResult(long Asked, long Answered, TimeSpan LongestOutage, IReadOnlyList<string> Unanswered)
{
    /// <summary>Share that was answered well; null where nothing was asked.</summary>
    public double? Ratio => Asked > 0 ? (double)Answered / Asked : null;
}
