using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Load;
using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class HistogramFilesTests : IDisposable
{
    private const int Digits = 3;
    private const long LongestMicroseconds = 3_600_000_000;
    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private RunFolder Run => new(folder.Path);

    [Fact]
    public void Two_that_are_read_back_and_merged_say_what_one_says_that_recorded_all()
    {
        var (first, second, all) = (New(), New(), New());
        for (var number = 1; number <= 5000; number++)
        {
            var (quick, slow) = (number * 37 % 9000, 20_000 + (number * number % 3_000_000));
            first.RecordValue(quick);
            second.RecordValue(slow);
            all.RecordValue(quick);
            all.RecordValue(slow);
        }

        var merged = New();
        foreach (var file in Keep(first).Concat(Keep(second)))
            merged.Add(Read(file));

        Assert.Equal(all.TotalCount, merged.TotalCount);
        Assert.Equal(all.GetMaxValue(), merged.GetMaxValue());
        double[] percentiles = [1, 50, 75, 90, 95, 99, 99.9, 99.99, 100];
        Assert.Equal(percentiles.Select(all.GetValueAtPercentile), percentiles.Select(merged.GetValueAtPercentile));
    }

    [Fact]
    public void A_file_is_a_log_of_plain_letters_with_times_in_seconds_since_1970()
    {
        var times = New();
        times.RecordValue(1500);

        var lines = File.ReadAllLines(Path.Combine(Run.Path, Assert.Single(Keep(times)).File));

        Assert.Equal(4, lines.Length);
        Assert.Equal("#[Histogram log format version 1.3]", lines[0]);
        Assert.Equal("#[StartTime: 1795770000.000 (seconds since epoch), 2026-11-27T09:00:00.0000000Z]", lines[1]);
        Assert.Equal("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"", lines[2]);
        // The cookie of the compressed encoding V2 is the same in each language.
        Assert.StartsWith("1795770000.000,15.000,1.500,HISTFAAAA", lines[3], StringComparison.Ordinal);
        Assert.All(File.ReadAllBytes(Path.Combine(Run.Path, Keep(times)[0].File)), letter => Assert.InRange(letter, 10, 126));
    }

    /// <summary>The readers of other languages take no other: one that does not end is cut off to them.</summary>
    [Fact]
    public void What_it_holds_is_a_zlib_stream_with_its_end_and_nothing_behind_the_histogram()
    {
        var times = New();
        times.RecordValue(1500);
        var bytes = Convert.FromBase64String(File.ReadAllLines(Path.Combine(Run.Path, Keep(times)[0].File))[3].Split(',')[3]);

        Assert.Equal(bytes.Length - 8, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)));
        using var plain = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(bytes[8..]), CompressionMode.Decompress))
            zlib.CopyTo(plain);
        // A header of 40 bytes tells how many follow it; the last four of the stream are the checksum of all (RFC 1950).
        var held = plain.ToArray();
        Assert.Equal(held.Length - 40, BinaryPrimitives.ReadInt32BigEndian(held.AsSpan(4)));
        Assert.Equal(Adler(held), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - 4)));
    }

    private static uint Adler(byte[] bytes)
    {
        var (low, high) = (1u, 0u);
        foreach (var each in bytes)
        {
            low = (low + each) % 65521;
            high = (high + low) % 65521;
        }

        return (high << 16) | low;
    }

    [Fact]
    public void Each_load_has_files_of_its_own_and_of_what_was_not_recorded_there_is_none()
    {
        var times = New();
        times.RecordValue(1);

        Assert.Equal("checks/load-spike-first-get-response-1.hlog", Assert.Single(Keep(times)).File);
        Assert.Equal("checks/load-spike-first-get-response-2.hlog", Assert.Single(Keep(times)).File);
        Assert.Empty(Keep(New()));
    }

    [Fact]
    public async Task A_scenario_has_its_response_and_service_times_and_its_lag_and_each_step_its_service_times()
    {
        var scenario = Scenario
            .Create(
                "order",
                async context =>
                {
                    await Step.Run("login", context, () => Task.FromResult(Response.Ok()));
                    return await Step.Run(
                        "buy",
                        context,
                        () => Task.FromResult(context.InvocationNumber % 2 == 0 ? Response.Ok() : Response.Fail())
                    );
                }
            )
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForInject(rate: 200, interval: TimeSpan.FromSeconds(1), iterations: 10));
        var load = (
            await NBomberRunner
                .RegisterScenarios(scenario)
                .WithoutReports()
                .RunAsync(TimeProvider.System, TestContext.Current.CancellationToken)
        ).Load;

        var kept = new HistogramFiles(Run).Keep("load orders first", load);

        Assert.Equal(
            [
                new("order", null, DistributionKind.Response, "checks/load-orders-first-order-response-1.hlog"),
                new("order", null, DistributionKind.Service, "checks/load-orders-first-order-service-1.hlog"),
                new("order", null, DistributionKind.Lag, "checks/load-orders-first-order-lag-1.hlog"),
                new("order", "login", DistributionKind.Service, "checks/load-orders-first-order-login-service-1.hlog"),
                new("order", "buy", DistributionKind.Service, "checks/load-orders-first-order-buy-service-1.hlog"),
            ],
            kept
        );
        Assert.All(kept, file => Assert.Equal(10, Read(file).TotalCount));
        Assert.Equal(load["order"].Response.P99, Read(kept[0]).GetValueAtPercentile(99) / 1000.0);
        Assert.Contains(
            "\"kind\": \"service\"",
            File.ReadAllText(Path.Combine(Run.Path, new CheckFiles(Run).Keep("t", "load", load with { Histograms = kept }))),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => folder.Dispose();

    private static LongHistogram New() => new(1, LongestMicroseconds, Digits);

    private IReadOnlyList<HistogramFile> Keep(HistogramBase times)
    {
        var none = new Percentiles(0, 0, 0, 0, 0, 0, 0);
        var operation = new OperationResult("get", 1, 1, 1, 0, 0, 0, 0)
        {
            Response = none,
            Service = none,
            Lag = none,
            Failures = new Dictionary<string, long>(),
            Distributions = [new("get", null, DistributionKind.Response, times)],
        };
        return new HistogramFiles(Run).Keep(
            "load-spike-first",
            new LoadResult("spike", Began, TimeSpan.FromSeconds(15), TimeSpan.Zero, [operation])
        );
    }

    /// <summary>By the reader of the package, as anybody would.</summary>
    private HistogramBase Read(HistogramFile file)
    {
        using var stream = File.OpenRead(Path.Combine(Run.Path, file.File));
        using var reader = new HistogramLogReader(stream);
        return Assert.Single(reader.ReadHistograms());
    }
}
