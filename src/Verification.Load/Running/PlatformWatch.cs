using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Load;

/// <summary>What the instances of a platform use while a load runs, looked at each second.</summary>
/// <param name="control">The control of their stack.</param>
/// <param name="instances">The instances.</param>
/// <param name="time">The clock.</param>
public sealed class PlatformWatch(IStackControl control, IReadOnlyList<StackInstance> instances, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Looks until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was seen; nothing where the control tells no statistics.</returns>
    public async Task<IReadOnlyList<PlatformSample>> RunAsync(CancellationToken cancellationToken)
    {
        var seen = new List<PlatformSample>();
        if (control is not IReadsStatistics statistics)
            return seen;
        var before = new Dictionary<string, InstanceStatistics>(StringComparer.Ordinal);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (name, now) in await Task.WhenAll(instances.Select(LookAsync)).ConfigureAwait(false))
                {
                    if (now is null)
                        continue;
                    if (before.TryGetValue(name, out var last) && now.At > last.At && now.Cpu >= last.Cpu)
                        seen.Add(new PlatformSample(now.At, name, (now.Cpu - last.Cpu) / (now.At - last.At), now.MemoryBytes));
                    before[name] = now;
                }

                await Task.Delay(Second, time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return seen;

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
    /// before.</summary>
    /// <param name="samples">What was seen.</param>
    /// <param name="began">When the load began.</param>
    /// <param name="took">How long it took.</param>
    public static IReadOnlyList<PlatformSecond> Within(IEnumerable<PlatformSample> samples, DateTimeOffset began, TimeSpan took)
    {
        var seen = samples.ToLookup(sample => (int)Math.Floor((sample.At - began).TotalSeconds));
        var seconds = new List<PlatformSecond>();
        var used = new Dictionary<string, InstanceUse>(StringComparer.Ordinal);
        for (var second = 0; second < took.TotalSeconds; second++)
        {
            foreach (var instance in seen[second].GroupBy(sample => sample.Instance, StringComparer.Ordinal))
            {
                var cores = Math.Round(instance.Average(sample => sample.Cores), 3);
                used[instance.Key] = new InstanceUse(cores, instance.Max(sample => sample.MemoryBytes));
            }

            if (used.Count > 0)
                seconds.Add(new PlatformSecond(second, used.ToDictionary(StringComparer.Ordinal)));
        }

        return seconds;
    }
}

/// <summary>What an instance used from one look to the next.</summary>
/// <param name="At">The later look.</param>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Cores">How many cores it used.</param>
/// <param name="MemoryBytes">Its memory at that look, bytes.</param>
public sealed record PlatformSample(DateTimeOffset At, string Instance, double Cores, long MemoryBytes);

/// <summary>What the instances of a platform used in a second of a load.</summary>
/// <param name="Second">Which, from 0.</param>
/// <param name="Instances">Each, by its name.</param>
public sealed record PlatformSecond(int Second, IReadOnlyDictionary<string, InstanceUse> Instances);

/// <summary>What an instance used.</summary>
/// <param name="Cores">How many cores.</param>
/// <param name="MemoryBytes">Its memory, bytes.</param>
public sealed record InstanceUse(double Cores, long MemoryBytes);
