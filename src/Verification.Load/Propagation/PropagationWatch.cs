using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HdrHistogram;
using Verification.Platform;

namespace Verification.Load;

/// <summary>Watches acknowledged buffs become visible: the table and the list are looked at all the time, and each buff is known from the
/// first look that shows it.</summary>
/// <param name="platform">The platform.</param>
/// <param name="time">The clock.</param>
public sealed class PropagationWatch(PlatformUnderTest platform, TimeProvider time)
{
    private const long LongestMicroseconds = 3_600_000_000;
    private const int Digits = 3;

    /// <summary>Where several hands store rows, a lower id may be seen after a higher one.</summary>
    private const long Overtaken = 200;

    private readonly ConcurrentDictionary<string, long> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> listed = new(StringComparer.Ordinal);
    private readonly LongHistogram betweenRows = new(1, LongestMicroseconds, Digits);
    private readonly LongHistogram betweenLists = new(1, LongestMicroseconds, Digits);

    /// <summary>Whether every acknowledged buff was seen in the table and in a list.</summary>
    public bool HasSeenAll => acknowledged.Keys.All(question => stored.ContainsKey(question) && listed.ContainsKey(question));

    /// <summary>A POST was answered with 200.</summary>
    public void Acknowledge(string question) => acknowledged.TryAdd(question, time.GetTimestamp());

    /// <summary>Looks until it is ended.</summary>
    /// <param name="end">Ends it.</param>
    /// <exception cref="MySqlConnector.MySqlException">MySQL can't be reached, or refuses.</exception>
    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll(LookAsync(betweenRows, stored, RowsAsync(end)), LookAsync(betweenLists, listed, ListsAsync(end)));

    /// <summary>What was seen.</summary>
    /// <param name="late">What is listed later than this counts as late.</param>
    public PropagationResult Result(TimeSpan late)
    {
        var (toRow, toList) = (Times(stored), Times(listed));
        return new PropagationResult(
            acknowledged.Count,
            Percentiles.Of(Histogram(toRow)),
            Percentiles.Of(Histogram(toList)),
            acknowledged.Count - toRow.Count,
            acknowledged.Count - toList.Count,
            toList.Count(each => each > late)
        )
        {
            BetweenRows = Percentiles.Of(betweenRows),
            BetweenLists = Percentiles.Of(betweenLists),
        };
    }

    private static LongHistogram Histogram(IEnumerable<TimeSpan> times)
    {
        var histogram = new LongHistogram(1, LongestMicroseconds, Digits);
        foreach (var each in times)
            Record(histogram, each);
        return histogram;
    }

    private static void Record(LongHistogram histogram, TimeSpan each) =>
        histogram.RecordValue(Math.Clamp((long)each.TotalMicroseconds, 0, LongestMicroseconds));

    /// <summary>From the acknowledgement of each buff to the end of the look that showed it first; what was seen before its acknowledgement
    /// took no time.</summary>
    private List<TimeSpan> Times(ConcurrentDictionary<string, long> seen) =>
        [
            .. acknowledged
                .Where(each => seen.ContainsKey(each.Key))
                .Select(each => seen[each.Key] > each.Value ? time.GetElapsedTime(each.Value, seen[each.Key]) : TimeSpan.Zero),
        ];

    private async Task LookAsync(
        LongHistogram between,
        ConcurrentDictionary<string, long> seen,
        IAsyncEnumerable<IEnumerable<string>> looks
    )
    {
        var last = time.GetTimestamp();
        await foreach (var questions in looks.ConfigureAwait(false))
        {
            var now = time.GetTimestamp();
            Record(between, time.GetElapsedTime(last, now));
            last = now;
            foreach (var question in questions)
                seen.TryAdd(question, now);
        }
    }

    private async IAsyncEnumerable<IEnumerable<string>> RowsAsync([EnumeratorCancellation] CancellationToken end)
    {
        var known = 0L;
        while (!end.IsCancellationRequested)
        {
            var rows = await platform.Table.BehindAsync(known - Overtaken, CancellationToken.None).ConfigureAwait(false);
            known = rows.Select(row => row.Id).DefaultIfEmpty(known).Max();
            yield return rows.Select(row => row.Question);
            await Pace.StepAsync(end).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<IEnumerable<string>> ListsAsync([EnumeratorCancellation] CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var answer = new ListAnswer(await platform.GetFromServerAsync(Contract.ListPath, CancellationToken.None).ConfigureAwait(false));
            yield return answer.Buffs.Select(buff => buff.Question);
            await Pace.StepAsync(end).ConfigureAwait(false);
        }
    }
}
