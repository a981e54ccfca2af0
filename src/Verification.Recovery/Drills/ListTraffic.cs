using System.Collections.Concurrent;
using Verification.Platform;

namespace Verification.Recovery;

/// <summary>A client that lists the buffs twice a second, whatever happens to the platform, until it is ended: what the procedures cost
/// whoever reads.</summary>
public sealed class ListTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<TimeSpan> answered = new();
    private readonly PlatformUnderTest platform;
    private readonly Task listing;
    private int unanswered;

    /// <summary>Starts it.</summary>
    /// <param name="platform">Whose Server it asks.</param>
    public ListTraffic(PlatformUnderTest platform)
    {
        this.platform = platform;
        listing = ListUntilEndAsync();
    }

    /// <summary>Ends it. The last GETs are let finish: a cancelled one would be one without an answer.</summary>
    /// <returns>How long they took.</returns>
    public async Task<ListTimes> EndAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await listing.ConfigureAwait(false);
        return ListTimes.Of(1 / Interval.TotalSeconds, answered, unanswered);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        end.Dispose();
    }

    private async Task ListUntilEndAsync()
    {
        var begun = new List<Task>();
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
                begun.Add(ListAsync());
        }
        catch (OperationCanceledException)
        {
            // The traffic ends.
        }

        await Task.WhenAll(begun).ConfigureAwait(false);
    }

    private async Task ListAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        var answer = await platform.ListAsync(CancellationToken.None).ConfigureAwait(false);
        if (answer.Status == 200)
            answered.Enqueue(TimeProvider.System.GetElapsedTime(since));
        else
            Interlocked.Increment(ref unanswered);
    }
}
