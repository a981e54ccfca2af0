namespace Verification.Load;

/// <summary>Waits until a moment of a monotonic clock. Deadlines are absolute: who is late catches up, and the schedule does not
/// slip.</summary>
/// <param name="time">The clock.</param>
/// <param name="rest">Rests for about so long, on the calling thread, or until it is cancelled.</param>
public sealed class Pacer(TimeProvider time, Action<TimeSpan, CancellationToken> rest)
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly bool restsForWholeMilliseconds = true;

    private Pacer(TimeProvider time, Action<TimeSpan, CancellationToken> rest, bool restsForWholeMilliseconds, bool goesFirst)
        : this(time, rest) => (this.restsForWholeMilliseconds, GoesFirst) = (restsForWholeMilliseconds, goesFirst);

    /// <summary>A pacer that sleeps: late by about 1 ms, and costs next to nothing. Timers of the runtime would be late by up to 4 ms and
    /// more.</summary>
    /// <param name="time">The clock.</param>
    public static Pacer Sleeping(TimeProvider time) =>
        new(time, (span, end) => end.WaitHandle.WaitOne(span), restsForWholeMilliseconds: true, goesFirst: true);

    /// <summary>A pacer that sleeps until just before the moment, and then does not let go of the processor: late by some µs. It costs
    /// up to 0.1 ms of the processor for each moment. Where the system can't sleep so exactly, it is the one that sleeps.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="goesFirst">Whether its thread may go before others: not one that hardly ever sleeps.</param>
    public static Pacer Precise(TimeProvider time, bool goesFirst) =>
        OperatingSystem.IsLinux() ? new Pacer(time, PreciseRest.For, restsForWholeMilliseconds: false, goesFirst) : Sleeping(time);

    /// <summary>Whether its thread may go before others: it takes little of the processor at a time.</summary>
    public bool GoesFirst { get; }

    /// <summary>The clock, in its own ticks.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>A time in ticks of the clock.</summary>
    public long Ticks(TimeSpan span) => (long)((Int128)span.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>How much time lies between two moments of the clock.</summary>
    public TimeSpan Between(long from, long to) => time.GetElapsedTime(from, to);

    /// <summary>Waits until a moment.</summary>
    /// <param name="due">The moment, in ticks of the clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where it was cancelled before.</returns>
    public bool Await(long due, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = Now;
            if (now >= due)
                return true;
            var left = Between(now, due);
            rest(restsForWholeMilliseconds ? WholeMilliseconds(left) : left, cancellationToken);
        }

        return false;
    }

    /// <summary>Waits until something is reached.</summary>
    /// <param name="isReached">Asked about each ms.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where it was cancelled before.</returns>
    public bool Await(Func<bool> isReached, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (isReached())
                return true;
            rest(Millisecond, cancellationToken);
        }

        return false;
    }

    private static TimeSpan WholeMilliseconds(TimeSpan span) =>
        span < Millisecond ? Millisecond : TimeSpan.FromMilliseconds(Math.Floor(span.TotalMilliseconds));
}
