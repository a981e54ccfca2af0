using System.Collections.Concurrent;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Chaos.Watching;

/// <summary>Looks again and again which brokers of a pair are active, until it is ended: there must never be two.</summary>
public sealed class BrokerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<string> doubles = new();
    private readonly ConcurrentDictionary<string, long> seenActive = new(StringComparer.Ordinal);
    private readonly AttachedStack stack;
    private readonly ScenarioHistory history;
    private readonly TimeProvider time;
    private readonly Task watching;
    private long looks;

    /// <summary>Starts it.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="history">Where a change is recorded.</param>
    /// <param name="time">The clock.</param>
    public BrokerWatch(AttachedStack stack, ScenarioHistory history, TimeProvider time)
    {
        (this.stack, this.history, this.time) = (stack, history, time);
        watching = WatchAsync();
    }

    /// <summary>How often it has looked.</summary>
    public long Looks => Interlocked.Read(ref looks);

    /// <summary>Each look that saw more than one, in a few words.</summary>
    public IReadOnlyList<string> Doubles => [.. doubles];

    /// <summary>Who was seen active beside a broker that should have stayed the active one, in a few words each.</summary>
    /// <param name="broker">The broker.</param>
    public IReadOnlyList<string> OthersThan(StackInstance broker) =>
        [.. seenActive.Where(seen => seen.Key != broker.Name).Select(seen => $"{seen.Key} was active at {seen.Value} looks")];

    /// <summary>Ends it.</summary>
    /// <exception cref="Exception">A look failed otherwise than by a broker that does not answer.</exception>
    public async Task EndAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task WatchAsync()
    {
        var before = string.Empty;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                var active = await stack.ActiveBrokersAsync(end.Token).ConfigureAwait(false);
                Interlocked.Increment(ref looks);
                foreach (var broker in active)
                    seenActive.AddOrUpdate(broker.Name, 1, (_, before) => before + 1);
                var names = string.Join(" and ", active.Select(broker => broker.Name));
                if (active.Count > 1)
                    doubles.Enqueue($"{names} were active at once");
                if (names != before)
                    history.Event("active-broker", active.Count == 1 ? active[0].Name : null, active.Count == 0 ? "none" : names);
                before = names;
            }
        }
        catch (OperationCanceledException)
        {
            // It has been ended.
        }
    }
}
