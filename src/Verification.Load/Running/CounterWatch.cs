using Verification.Platform;

namespace Verification.Load;

/// <summary>What the components count of their own work while a load runs, looked at each second.</summary>
/// <param name="look">One look.</param>
/// <param name="time">The clock.</param>
public sealed class CounterWatch(Func<CancellationToken, Task<IReadOnlyList<Counter>>> look, TimeProvider time)
{
    /// <summary>Looks until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was seen: of what grows, how much a second.</returns>
    public async Task<IReadOnlyList<CounterSample>> RunAsync(CancellationToken cancellationToken)
    {
        var seen = new List<CounterSample>();
        var rates = new Rates();
        await EachSecond
            .LookAsync(
                async () =>
                {
                    var counters = await look(cancellationToken).ConfigureAwait(false);
                    var now = time.GetUtcNow();
                    foreach (var counter in counters)
                    {
                        if ((counter.Grows ? rates.Of(counter.Name, now, counter.Value) : counter.Value) is { } value)
                            seen.Add(new CounterSample(now, counter.Name, value));
                    }
                },
                time,
                cancellationToken
            )
            .ConfigureAwait(false);
        return seen;
    }

    /// <summary>What was seen in each second of a load.</summary>
    /// <param name="samples">What was seen.</param>
    /// <param name="began">When the load began.</param>
    /// <param name="took">How long it took.</param>
    public static IReadOnlyList<CounterSecond> Within(IEnumerable<CounterSample> samples, DateTimeOffset began, TimeSpan took) =>
        [
            .. samples
                .Where(sample => sample.At >= began && sample.At < began + took)
                .GroupBy(sample => (int)(sample.At - began).TotalSeconds)
                .OrderBy(second => second.Key)
                .Select(second => new CounterSecond(
                    second.Key,
                    second
                        .GroupBy(sample => sample.Name, StringComparer.Ordinal)
                        .ToDictionary(each => each.Key, each => Math.Round(each.Average(sample => sample.Value), 1), StringComparer.Ordinal)
                )),
        ];
}

/// <summary>What a component counted at a look.</summary>
/// <param name="At">When.</param>
/// <param name="Name">What.</param>
/// <param name="Value">How many, or how many a second.</param>
public sealed record CounterSample(DateTimeOffset At, string Name, double Value);

/// <summary>What the components counted in a second of a load.</summary>
/// <param name="Second">Which, from 0.</param>
/// <param name="Counters">Each, by its name.</param>
public sealed record CounterSecond(int Second, IReadOnlyDictionary<string, double> Counters);
