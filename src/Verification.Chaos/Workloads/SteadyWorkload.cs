using System.Collections.Concurrent;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Workloads;

/// <summary>POST and GET at a steady rate, whatever becomes of the platform: who is not answered does not hold up the next. Each POST has a
/// marker of its own, each
/// operation stands in the history.</summary>
public sealed class SteadyWorkload : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    // At 100 a second, and 10 s for an answer that does not come.
    private const int MostInFlight = 2000;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<Task, byte> inFlight = new();
    private readonly PlatformUnderTest platform;
    private readonly TimeProvider time;
    private readonly IReadOnlyList<Task> pacers;
    private long acknowledged;
    private long listed;
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

    /// <summary>Operations that were due and not begun, because too many were in flight: what they would have seen is not known.</summary>
    public long LeftOut => Interlocked.Read(ref left);

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
        var wanted = count() + more;
        return Eventually.IsTrueAsync(
            $"{more} more {what}",
            patience with
            {
                Time = time,
            },
            _ => Task.FromResult(count() >= wanted),
            cancellationToken
        );
    }

    private async Task PaceAsync(TimeSpan interval, Func<long, Task> operation)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            for (var index = 0L; await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false); index++)
                Begin(operation, index);
        }
        catch (OperationCanceledException)
        {
            // It has been ended.
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
