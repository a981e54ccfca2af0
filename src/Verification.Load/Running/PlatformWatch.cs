using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Load;

/// <summary>What the instances of a platform use while a load runs, looked at each second.</summary>
/// <param name="statistics">Tells what they use; null where nobody does.</param>
/// <param name="instances">The instances.</param>
/// <param name="time">The clock.</param>
public sealed class PlatformWatch(IReadsStatistics? statistics, IReadOnlyList<StackInstance> instances, TimeProvider time)
{
    /// <summary>So many seconds before a load tell what an instance used at its begin.</summary>
    private const int Before = 2;

    /// <summary>Looks until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was seen; nothing where nobody tells.</returns>
    public async Task<IReadOnlyList<PlatformSample>> RunAsync(CancellationToken cancellationToken)
    {
        var seen = new List<PlatformSample>();
        if (statistics is null)
            return seen;
        var rates = new Rates();
        await EachSecond.LookAsync(LookAtAllAsync, time, cancellationToken).ConfigureAwait(false);
        return seen;

        async Task LookAtAllAsync()
        {
            foreach (var (name, now) in await Task.WhenAll(instances.Select(LookAsync)).ConfigureAwait(false))
            {
                if (now is null)
                    continue;
                var cores = rates.Of($"{name} cpu", now.At, now.Cpu.TotalSeconds);
                var received = now.Network is { } into ? rates.Of($"{name} received", now.At, into.ReceivedBytes) : null;
                var sent = now.Network is { } outOf ? rates.Of($"{name} sent", now.At, outOf.SentBytes) : null;
                if (cores is { } used)
                    seen.Add(new PlatformSample(now.At, name, new InstanceUse(used, now.MemoryBytes, received, sent)));
            }
        }

        async Task<(string Name, InstanceStatistics? Now)> LookAsync(StackInstance instance)
        {
            try
            {
                return (instance.Name, await statistics.StatisticsAsync(instance, cancellationToken).ConfigureAwait(false));
            }
            catch (InvalidOperationException)
            {
                // One that does not run uses nothing.
                return (instance.Name, null);
            }
        }
    }

    /// <summary>What was seen in each second of a load. An instance at which nobody looked within a second used what it did in the one
    /// before; the first has the two before the load before it.</summary>
    /// <param name="samples">What was seen.</param>
    /// <param name="began">When the load began.</param>
    /// <param name="took">How long it took.</param>
    public static IReadOnlyList<PlatformSecond> Within(IEnumerable<PlatformSample> samples, DateTimeOffset began, TimeSpan took)
    {
        var seen = samples.ToLookup(sample => (int)Math.Floor((sample.At - began).TotalSeconds));
        var seconds = new List<PlatformSecond>();
        var used = new Dictionary<string, InstanceUse>(StringComparer.Ordinal);
        for (var second = -Before; second < took.TotalSeconds; second++)
        {
            foreach (var instance in seen[second].GroupBy(sample => sample.Instance, sample => sample.Use, StringComparer.Ordinal))
                used[instance.Key] = new InstanceUse(
                    Math.Round(instance.Average(use => use.Cores), 3),
                    instance.Max(use => use.MemoryBytes),
                    Whole(instance.Average(use => use.ReceivedPerSecond)),
                    Whole(instance.Average(use => use.SentPerSecond))
                );

            if (second >= 0 && used.Count > 0)
                seconds.Add(new PlatformSecond(second, used.ToDictionary(StringComparer.Ordinal)));
        }

        return seconds;
    }

    private static double? Whole(double? bytes) => bytes is { } known ? Math.Round(known) : null;
}

/// <summary>What an instance used from one look to the next.</summary>
/// <param name="At">The later look.</param>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Use">What it used.</param>
public sealed record PlatformSample(DateTimeOffset At, string Instance, InstanceUse Use);

/// <summary>What the instances of a platform used in a second of a load.</summary>
/// <param name="Second">Which, from 0.</param>
/// <param name="Instances">Each, by its name.</param>
public sealed record PlatformSecond(int Second, IReadOnlyDictionary<string, InstanceUse> Instances);

/// <summary>What an instance used.</summary>
/// <param name="Cores">How many cores.</param>
/// <param name="MemoryBytes">Its memory, bytes.</param>
/// <param name="ReceivedPerSecond">What came in over the network, of all its interfaces, bytes a second; null where that is not
/// told.</param>
/// <param name="SentPerSecond">What went out, the same.</param>
public sealed record InstanceUse(double Cores, long MemoryBytes, double? ReceivedPerSecond = null, double? SentPerSecond = null);
