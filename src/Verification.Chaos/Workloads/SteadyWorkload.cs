using System.Collections.Concurrent;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Workloads;

/// <summary>POST and GET at a steady rate, whatever becomes of the platform: who is not answered does not hold up the next. Each POST has a
/// marker of its own, each operation stands in the history. Where it has not kept its rate it is saturated, and what was seen at another
/// rate is not what was asked for.</summary>
public sealed class SteadyWorkload : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    // At 100 a second, and 10 s for an answer that does not come.
    private const int MostInFlight = 2000;

    /// <summary>The share of what was due that may be left out.</summary>
    private const double MostLeftOut = 0.1;

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<Task, byte> inFlight = new();
    private readonly PlatformUnderTest platform;
    private readonly TimeProvider time;
    private readonly IReadOnlyList<Task> pacers;
    private long acknowledged;
    private long listed;
    private long due;
    private long left;

    /// <summary>Starts it.</summary>
    /// <param name="platform">Through whose services it goes.</param>
    /// <param name="prefix">What each of its markers starts with: of no other traffic.</param>
    /// <param name="rate">How often it asks.</param>
    /// <param name="time">The clock.</param>
    public SteadyWorkload(PlatformUnderTest platform, string prefix, WorkloadRate rate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rate);
        (this.platform, this.time, Prefix) = (platform, time, prefix);
        pacers = [PaceAsync(rate.BetweenPosts, PostAsync), PaceAsync(rate.BetweenGets, _ => ListAsync())];
    }

    /// <summary>What each of its markers starts with.</summary>
    public string Prefix { get; }

    /// <summary>Operations that were due and not begun, because too many were in flight or the pacer was not let run: what they would have
    /// seen is not known.</summary>
    public long LeftOut => Interlocked.Read(ref left);

    /// <summary>How it has fallen behind its rate; null where it has kept it.</summary>
    public string? Saturation =>
        (LeftOut, Interlocked.Read(ref due)) is var (missed, all) && missed > MostLeftOut * all
            ? $"the generator was saturated: {missed} of {all} operations were due and not begun, allowed are {MostLeftOut:0 %}; run it on a machine that is idle"
            : null;

    /// <summary>Waits until so many more POSTs are acknowledged.</summary>
    /// <exception cref="StateNotSeenException">They were not within 30 s.</exception>
    public Task AwaitAcknowledgedAsync(int more, CancellationToken cancellationToken) =>
        AwaitAsync(
            "POSTs are acknowledged",
            platform.WhileDashboardRuns(Deadline),
            () => Interlocked.Read(ref acknowledged),
            more,
            cancellationToken
        );

    /// <summary>Waits until so many more GETs are answered well.</summary>
    /// <exception cref="StateNotSeenException">They were not within 30 s.</exception>
    public Task AwaitListedAsync(int more, CancellationToken cancellationToken) =>
        AwaitAsync("GETs are answered", platform.WhileServerRuns(Deadline), () => Interlocked.Read(ref listed), more, cancellationToken);

    /// <summary>Ends it. What is in flight is let finish: a cancelled operation would be one of unknown outcome.</summary>
    public async Task EndAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(pacers).ConfigureAwait(false);
        await Task.WhenAll(inFlight.Keys).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        end.Dispose();
    }

    private Task AwaitAsync(string what, Patience patience, Func<long> count, int more, CancellationToken cancellationToken)
    {
        var had = count();
        return Eventually.SeeAsync(
            $"{more} more {what}",
            patience with
            {
                Time = time,
            },
            _ => Task.FromResult(count() - had),
            came => came >= more,
            cancellationToken
        );
    }

    private async Task PaceAsync(TimeSpan interval, Func<long, Task> operation)
    {
        var since = time.GetTimestamp();
        var (ticks, lost) = (0L, 0L);
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            for (var index = 0L; await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false); index++)
            {
                CountTicks(1);
                Begin(operation, index);
            }
        }
        catch (OperationCanceledException)
        {
            // It has been ended.
            CountTicks(0);
        }

        // Of ticks that come while nobody waits for one there is only one.
        void CountTicks(int seen)
        {
            ticks += seen;
            var missing = Math.Max(0, (long)(time.GetElapsedTime(since) / interval) - ticks);
            Interlocked.Add(ref left, missing - lost);
            Interlocked.Add(ref due, seen + missing - lost);
            lost = missing;
        }
    }

    private void Begin(Func<long, Task> operation, long index)
    {
        if (inFlight.Count >= MostInFlight)
        {
            Interlocked.Increment(ref left);
            return;
        }

        var begun = operation(index);
        inFlight[begun] = 0;
        _ = begun.ContinueWith(
            ended => inFlight.TryRemove(ended, out _),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
    }

    private async Task PostAsync(long index)
    {
        var answer = await platform
            .PostAsync(new BuffToPost($"{Prefix} {index}") { Process = $"poster-{index}" }, CancellationToken.None)
            .ConfigureAwait(false);
        if (answer.Outcome == Outcome.Ok)
            Interlocked.Increment(ref acknowledged);
    }

    private async Task ListAsync()
    {
        if ((await platform.ListAsync(CancellationToken.None).ConfigureAwait(false)).IsList)
            Interlocked.Increment(ref listed);
    }
}
