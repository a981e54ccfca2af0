using HdrHistogram;

namespace Verification.Load;

/// <summary>What became of the iterations of one operation, counted while they run.</summary>
/// <param name="name">Name of the operation.</param>
/// <param name="planned">How many iterations are planned; null where as many are as come due.</param>
/// <param name="pacer">The clock.</param>
/// <param name="mostInFlight">How many may be under way at once.</param>
internal sealed class OperationTally(string name, long? planned, Pacer pacer, int mostInFlight)
{
    private const long LongestMicroseconds = 3_600_000_000;
    private const int Digits = 3;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(10);
    private readonly Lock counting = new();
    private readonly LongHistogram response = new(1, LongestMicroseconds, Digits);
    private readonly LongHistogram service = new(1, LongestMicroseconds, Digits);
    private readonly LongHistogram lag = new(1, LongestMicroseconds, Digits);
    private readonly Dictionary<string, long> failures = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SecondsTally seconds = new(LongestMicroseconds);
    private readonly long start = pacer.Now;
    private long scheduled;
    private long ok;
    private long failed;
    private long timedOut;
    private long dropped;
    private long late;
    private long inFlight;
    private bool closed;

    /// <summary>Ends when no more iteration begins and the last has ended.</summary>
    public Task AllEnded => allEnded.Task;

    /// <summary>An iteration is due; false where there is no room for it, and it is dropped, or where no further one begins.</summary>
    /// <param name="due">When it was due.</param>
    /// <param name="number">Its number.</param>
    public bool TryBegin(long due, out long number)
    {
        var lateBy = pacer.Between(due, pacer.Now);
        lock (counting)
        {
            number = scheduled;
            // A copy of a closed model may come back while the last of it is counted.
            if (closed)
                return false;
            scheduled++;
            lag.RecordValue(Microseconds(lateBy));
            if (lateBy > Late)
                late++;
            if (inFlight >= mostInFlight)
            {
                dropped++;
                return false;
            }

            inFlight++;
            return true;
        }
    }

    /// <summary>An iteration has ended.</summary>
    /// <param name="due">When it was due: response time counts from here, so that a wait for the generator or behind others
    /// is in it.</param>
    /// <param name="sent">When it began: service time counts from here.</param>
    /// <param name="answer">How.</param>
    /// <returns>Its response time; null where it ended after the account.</returns>
    public TimeSpan? End(long due, long sent, IterationAnswer answer)
    {
        var now = pacer.Now;
        lock (counting)
        {
            // What ends after the account was closed stands in it as unfinished.
            if (closed && inFlight == 0)
                return null;
            var took = Microseconds(pacer.Between(due, now));
            response.RecordValue(took);
            seconds.Record(pacer.Between(start, now), took, answer.Outcome == IterationOutcome.Ok);
            service.RecordValue(Microseconds(pacer.Between(sent, now)));
            _ = answer.Outcome switch
            {
                IterationOutcome.Ok => ok++,
                IterationOutcome.TimedOut => timedOut++,
                _ => failed++,
            };
            if (answer.Outcome != IterationOutcome.Ok)
                failures[answer.Detail ?? "no reason told"] = failures.GetValueOrDefault(answer.Detail ?? "no reason told") + 1;
            inFlight--;
            if (closed && inFlight == 0)
                allEnded.TrySetResult();
            return TimeSpan.FromMicroseconds(took);
        }
    }

    /// <summary>No further iteration begins.</summary>
    public void Close()
    {
        lock (counting)
        {
            closed = true;
            if (inFlight == 0)
                allEnded.TrySetResult();
        }
    }

    /// <summary>The account, with what is still under way as unfinished. Nothing is counted after it.</summary>
    /// <param name="took">How long iterations were begun.</param>
    /// <exception cref="InvalidOperationException">It does not add up: the engine is at fault.</exception>
    public OperationResult Account(TimeSpan took)
    {
        lock (counting)
        {
            var result = new OperationResult(name, planned ?? scheduled, scheduled, ok, failed, timedOut, dropped, inFlight)
            {
                Late = late,
                During = took,
                RatePerSecond = took > TimeSpan.Zero ? (scheduled - dropped) / took.TotalSeconds : 0,
                Response = Percentiles.Of(response),
                Service = Percentiles.Of(service),
                Lag = Percentiles.Of(lag),
                Seconds = seconds.Seconds(),
                Curve = Percentiles.CurveOf(response),
                Distributions =
                [
                    new(name, null, DistributionKind.Response, response),
                    new(name, null, DistributionKind.Service, service),
                    new(name, null, DistributionKind.Lag, lag),
                ],
                Failures = failures.ToDictionary(StringComparer.Ordinal),
            };
            inFlight = 0;
            closed = true;
            return result.AddsUp ? result : throw new InvalidOperationException($"The account of '{name}' does not add up: {result}");
        }
    }

    private static long Microseconds(TimeSpan span) => Math.Clamp((long)span.TotalMicroseconds, 0, LongestMicroseconds);
}
