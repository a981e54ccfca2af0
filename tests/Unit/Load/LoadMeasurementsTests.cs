using Verification.Load;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class LoadMeasurementsTests
{
    private static readonly Percentiles Quick = new(1000, 2, 1, 2, 5, 9, 12);

    private static readonly LoadResult Good = new(
        "load",
        DateTimeOffset.UnixEpoch,
        TimeSpan.FromSeconds(10),
        TimeSpan.Zero,
        [Operation("get", 800), Operation("post", 200)]
    );

    public static TheoryData<string, LoadResult> Saturated =>
        new()
        {
            { "get began late by 10.1 ms (p99), allowed are 10 ms", Good.With(get => get with { Lag = Quick with { P99 = 10.1 } }) },
            { "get dropped 1 of 800", Good.With(get => get with { Ok = 799, Dropped = 1 }) },
            { "get scheduled 799 of 800", Good.With(get => get with { Ok = 799, Scheduled = 799 }) },
            { "cores", Good with { GeneratorCores = Environment.ProcessorCount * 0.51 } },
        };

    [Fact]
    public void Every_iteration_counts_for_the_success()
    {
        var measured = new LoadMeasurements(
            Good.With(get =>
                get with
                {
                    Ok = 795,
                    Failed = 2,
                    TimedOut = 2,
                    Unfinished = 1,
                    Failures = new Dictionary<string, long> { ["503"] = 2, ["no answer in time"] = 2 },
                }
            ),
            "checks/load.json"
        ).Success("load.success");

        Assert.Equal((0.995, 1000L), (measured.Value, measured.Observations));
        Assert.Contains("2 × get: 503", measured.Diagnosis, StringComparison.Ordinal);
        Assert.Equal(["checks/load.json"], measured.Files);
    }

    [Fact]
    public void A_latency_is_the_percentile_of_the_response_time_in_ms()
    {
        var measured = new LoadMeasurements(Good, "checks/load.json").Latency("load.get-latency", "get", 99);

        Assert.Equal((9.0, 1000L, 0.009), (measured.Value, measured.Observations, measured.Resolution));
    }

    [Fact]
    public void What_is_expected_and_came_is_no_deviation()
    {
        var measured = Expected(Good, new Expectation(20, 80, TimeSpan.FromMilliseconds(9)));

        Assert.Equal((0.0, 3L), (measured.Value, measured.Observations));
    }

    [Fact]
    public void Each_expectation_that_was_missed_is_told()
    {
        var measured = Expected(
            Good.With(get => get with { Ok = 700, Failed = 100 }),
            new Expectation(20, 80, TimeSpan.FromMilliseconds(8))
        );

        Assert.Equal(2.0, measured.Value);
        Assert.Contains("of 80 get a second 70.0 were answered well", measured.Diagnosis, StringComparison.Ordinal);
        Assert.Contains("p99 of post 9 ms, of get 9 ms, expected are 8 ms", measured.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, false)]
    [InlineData(0.8, true)]
    public void Where_the_machine_had_no_processor_left_nothing_is_said(double share, bool isMeasured)
    {
        var used = new Dictionary<string, InstanceUse> { ["server"] = new(Environment.ProcessorCount * share, 1) };
        var measured = Expected(
            Good with
            {
                Platform = [new PlatformSecond(0, used)],
            },
            new Expectation(20, 80, TimeSpan.FromMilliseconds(8))
        );

        Assert.Equal(isMeasured, measured.Value is not null);
    }

    [Theory]
    [MemberData(nameof(Saturated), DisableDiscoveryEnumeration = true)]
    public void Of_the_figures_of_a_saturated_generator_nothing_is_said(string why, LoadResult result)
    {
        var measured = new LoadMeasurements(result, "checks/load.json");
        Measurement[] all = [measured.Success("load.success"), measured.Latency("load.post-latency", "post", 95)];

        Assert.All(
            all,
            each =>
            {
                Assert.Null(each.Value);
                Assert.Contains(why, each.Diagnosis, StringComparison.Ordinal);
                Assert.EndsWith(
                    ". Run it again on a machine that nobody else uses, or a larger one, or with a lower --rate; until then nothing is known",
                    each.Diagnosis
                );
            }
        );
    }

    [Fact]
    public void Without_samples_there_is_no_latency() =>
        Assert.Null(
            new LoadMeasurements(Good.With(get => get with { Response = Quick with { Count = 0, P99 = 0 } }), "checks/load.json")
                .Latency("load.get-latency", "get", 99)
                .Value
        );

    [Fact]
    public void What_is_counted_is_told_on_average_of_the_seconds_in_which_it_was()
    {
        var measured = new LoadMeasurements(
            Good with
            {
                Counters = [Counted(0, "statements", 4), Counted(1, "messages", 90), Counted(2, "statements", 1)],
            },
            "checks/load.json"
        );

        Assert.Equal(
            (2.5, 2L),
            (measured.Counted("load.statements", "statements").Value, measured.Counted("load.statements", "statements").Observations)
        );
        Assert.Null(measured.Counted("load.statements", "connections").Value);
    }

    [Fact]
    public void What_is_counted_stands_however_late_it_came_and_not_where_it_did_not_come()
    {
        var counted = Good with { Counters = [Counted(0, "statements", 300)] };
        var late = counted.With(operation => operation with { Lag = Quick with { P99 = 16 } });
        var dropped = counted.With(operation => operation with { Ok = operation.Ok - 50, Dropped = 50 });

        Assert.All([late, dropped], result => Assert.NotNull(result.Saturation));
        Assert.Equal(300, new LoadMeasurements(late, "checks/load.json").Counted("load.statements", "statements").Value);
        Assert.Null(new LoadMeasurements(dropped, "checks/load.json").Counted("load.statements", "statements").Value);
    }

    private static CounterSecond Counted(int second, string name, double value) =>
        new(second, new Dictionary<string, double> { [name] = value });

    private static Measurement Expected(LoadResult result, Expectation expected) =>
        new LoadMeasurements(result, "checks/load.json").Expected("load-expected.served", expected, "post", "get");

    private static OperationResult Operation(string name, long count) =>
        new(name, count, count, count, 0, 0, 0, 0)
        {
            Response = Quick,
            Service = Quick,
            Lag = Quick with { P99 = 2 },
            Failures = new Dictionary<string, long>(),
        };
}

/// <summary>Results with one thing otherwise.</summary>
file static class Otherwise
{
    /// <summary>With another account of its first operation.</summary>
    public static LoadResult With(this LoadResult result, Func<OperationResult, OperationResult> change) =>
        result with
        {
            Operations = [change(result.Operations[0]), .. result.Operations.Skip(1)],
        };
}
