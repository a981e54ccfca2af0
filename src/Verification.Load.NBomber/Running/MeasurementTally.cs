using System.Runtime.InteropServices;
using HdrHistogram;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Running;

/// <summary>What is measured of a scenario or of a step, in NBomber's terms.</summary>
internal sealed class MeasurementTally
{
    private const long LongestMicroseconds = 3_600_000_000;
    private const long MostBytes = 1L << 40;
    private const int Digits = 3;
    private const double MicrosecondsPerMillisecond = 1000;
    private readonly Lock counting = new();
    private readonly Part ok = new();
    private readonly Part fail = new();

    /// <summary>How many have failed.</summary>
    public long Failed
    {
        get
        {
            lock (counting)
                return fail.Latency.TotalCount;
        }
    }

    /// <summary>Records one.</summary>
    public void Record(TimeSpan latency, IResponse response)
    {
        lock (counting)
            (response.IsError ? fail : ok).Record(latency, response);
    }

    /// <summary>The latencies of all, good or not, in µs.</summary>
    public HistogramBase Latencies()
    {
        lock (counting)
        {
            var all = ok.Latency.Copy();
            all.Add(fail.Latency);
            return all;
        }
    }

    /// <summary>What was measured.</summary>
    /// <param name="during">How long.</param>
    public (MeasurementStats Ok, MeasurementStats Fail) Stats(TimeSpan during)
    {
        lock (counting)
        {
            var all = ok.Latency.TotalCount + fail.Latency.TotalCount;
            return (ok.Stats(isError: false, all, during), fail.Stats(isError: true, all, during));
        }
    }

    private static int PercentOf(long count, long all) => all == 0 ? 0 : (int)Math.Round(100.0 * count / all);

    /// <summary>The good ones, or the failed ones.</summary>
    private sealed class Part
    {
        private readonly LongHistogram bytes = new(1, MostBytes, Digits);
        private readonly Dictionary<(string Status, string Message), int> statuses = [];
        private long allBytes;

        public LongHistogram Latency { get; } = new(1, LongestMicroseconds, Digits);

        public void Record(TimeSpan latency, IResponse response)
        {
            Latency.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 0, LongestMicroseconds));
            bytes.RecordValue(Math.Clamp(response.SizeBytes, 0, MostBytes));
            allBytes += response.SizeBytes;
            if (response.StatusCode.Length > 0 || response.Message.Length > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(statuses, (response.StatusCode, response.Message), out _)++;
        }

        public MeasurementStats Stats(bool isError, long all, TimeSpan during)
        {
            var count = Latency.TotalCount;
            if (count == 0)
                return new MeasurementStats();
            double At(double percentile) => Latency.GetValueAtPercentile(percentile) / MicrosecondsPerMillisecond;
            int Within(long microseconds) =>
                (int)
                    Latency
                        .RecordedValues()
                        .Where(value => value.ValueIteratedTo <= microseconds)
                        .Sum(value => value.CountAddedInThisIterationStep);
            var within800 = Within(800_000);
            var within1200 = Within(1_199_999);
            return new MeasurementStats
            {
                Request = new RequestStats((int)count, during > TimeSpan.Zero ? count / during.TotalSeconds : 0, PercentOf(count, all)),
                Latency = new LatencyStats
                {
                    MinMs = Latency.LowestEquivalentValue(Latency.RecordedValues().First().ValueIteratedTo) / MicrosecondsPerMillisecond,
                    MeanMs = Latency.GetMean() / MicrosecondsPerMillisecond,
                    MaxMs = Latency.GetMaxValue() / MicrosecondsPerMillisecond,
                    Percent50 = At(50),
                    Percent75 = At(75),
                    Percent95 = At(95),
                    Percent99 = At(99),
                    StdDev = Latency.GetStdDeviation() / MicrosecondsPerMillisecond,
                    LatencyCount = new LatencyCount(within800, within1200 - within800, (int)count - within1200),
                },
                DataTransfer = new DataTransferStats
                {
                    MinBytes = bytes.RecordedValues().First().ValueIteratedTo,
                    MeanBytes = (long)bytes.GetMean(),
                    MaxBytes = bytes.GetMaxValue(),
                    AllBytes = allBytes,
                },
                StatusCodes =
                [
                    .. statuses
                        .OrderByDescending(each => each.Value)
                        .Select(each => new StatusCodeStats(each.Key.Status, isError, each.Key.Message, each.Value)
                        {
                            Percent = PercentOf(each.Value, all),
                        }),
                ],
            };
        }
    }
}
