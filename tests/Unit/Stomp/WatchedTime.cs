using Microsoft.Extensions.Time.Testing;

namespace Verification.Tests.Unit.Stomp;

/// <summary>A clock by hand that knows which of its repeating timers still live.</summary>
internal sealed class WatchedTime : TimeProvider
{
    private readonly FakeTimeProvider clock = new();
    private int repeating;

    /// <summary>Called when a repeating timer is asked for, before it is there.</summary>
    public Action BeforeRepeating { get; set; } = () => { };

    /// <summary>Repeating timers that have not been disposed of.</summary>
    public int Repeating => Volatile.Read(ref repeating);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan)
            return timer;
        BeforeRepeating();
        Interlocked.Increment(ref repeating);
        return new Watched(timer, () => Interlocked.Decrement(ref repeating));
    }

    private sealed class Watched(ITimer timer, Action ended) : ITimer
    {
        private bool disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, true))
                return;
            timer.Dispose();
            ended();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
