using System.Globalization;

namespace Verification.Objectives;

/// <summary>How long it takes until nothing waits in the queue any more.</summary>
public static class Drain
{
    /// <summary>Name of a look at the queue, as an observation: its count is the number of messages that wait or are in a consumer's
    /// hand.</summary>
    public const string Look = "queued";

    /// <summary>Time from a moment on until a look found the queue empty: then all that had come before that look was taken.</summary>
    /// <param name="history">Observations; those named <see cref="Look"/> count.</param>
    /// <param name="since">The moment, in ns: a look that began before it does not count.</param>
    public static DrainResult Check(IEnumerable<HistoryLine> history, long since)
    {
        var looks = history
            .Where(line => line is { Kind: HistoryKind.Observation, Name: Look, Count: not null, Complete: not null })
            .Where(line => line.Invoke >= since)
            .OrderBy(line => line.Complete)
            .ToList();
        var empty = looks.FindIndex(look => look.Count == 0);
        var until = empty < 0 ? looks : looks[..(empty + 1)];
        return new DrainResult(
            empty < 0 ? null : Outage.Between(since, looks[empty].Complete!.Value),
            until.Count,
            until.Select(look => look.Count!.Value).DefaultIfEmpty().Max(),
            until.Count == 0 ? 0 : until[^1].Count!.Value,
            Outage.LongestBetween([since, .. until.Select(look => look.Complete!.Value)])
        );
    }
}

/// <summary>How a queue ran empty.</summary>
/// <param name="Time">How long it took; null where no look found it empty.</param>
/// <param name="Looks">How many looks there were until then.</param>
/// <param name="Deepest">The most messages that one of them found.</param>
/// <param name="Left">How many the last of them found.</param>
/// <param name="Resolution">Longest time between two of them: what the time can be too long by.</param>
public sealed record DrainResult(TimeSpan? Time, long Looks, long Deepest, long Left, TimeSpan Resolution)
{
    /// <summary>It in a sentence.</summary>
    public string Diagnosis =>
        Time is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"after {time.TotalSeconds:0.00} s, with {Deepest} messages at most")
            : string.Create(CultureInfo.InvariantCulture, $"not at {Looks} looks, {Left} messages were left at the last");
}
