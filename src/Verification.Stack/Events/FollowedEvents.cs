namespace Verification.Stack.Events;

/// <summary>Follows a stream of events until it is disposed. One that ends or breaks is opened again, from the last event on; that it does
/// harms nobody, as it is only told of.</summary>
internal sealed class FollowedEvents : IAsyncDisposable
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly EventStream stream;
    private readonly Action<InstanceEvent> told;
    private readonly TimeProvider time;
    private readonly TimeSpan pause;
    private readonly CancellationTokenSource end = new();
    private readonly Task following;

    /// <summary>Follows from now on.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="told">Hears of each event, one after the other.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pause">How long a stream that ended is left alone; null for a second.</param>
    public FollowedEvents(EventStream stream, Action<InstanceEvent> told, TimeProvider time, TimeSpan? pause = null)
    {
        (this.stream, this.told, this.time, this.pause) = (stream, told, time, pause ?? UsualPause);
        following = Task.Run(FollowAsync);
    }

    /// <summary>Ends it: nothing is told when this returns, or only of an engine that does not let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        try
        {
            await following.WaitAsync(Patience, time).ConfigureAwait(false);
            end.Dispose();
        }
        catch (TimeoutException)
        {
            // Whoever ends does not wait for an engine that hangs.
        }
    }

    private async Task FollowAsync()
    {
        var since = time.GetUtcNow();
        while (!end.IsCancellationRequested)
        {
            try
            {
                await stream(since, Take, end.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Whatever it was, no scenario is the worse for it: what was missed comes when the stream is open again.
            }

            await Task.Delay(pause, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Take(InstanceEvent seen)
        {
            // The engine tells again what happened at the very time that is asked for.
            if (seen.At >= since)
                since = seen.At.AddTicks(1);
            if (!end.IsCancellationRequested)
                told(seen);
        }
    }
}
