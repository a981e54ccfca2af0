using Verification.Load;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Load;

/// <summary>A load that was asked to ends once one of its promises can no longer hold, and not before.</summary>
public sealed class AbortTests
{
    private const string File = "checks/load.json";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ConstantArrivalRate Thousand = new(100, Second, 10 * Second);
    private static readonly LoadLimit Success = new(new SuccessPromise("load.success"), 0.995);
    private static readonly LoadLimit Latency = new(new LatencyPromise("load.latency", "work", 99), 500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_failure_more_than_the_plan_allows_ends_it_and_what_was_seen_fails_the_objective()
    {
        // Of 1,000, 5 may fail.
        var result = await RunAsync(iteration => iteration.Number < 6 ? Failed : IterationAnswer.Ok, Success);

        var work = result["work"];
        Assert.Equal((6, 6, 0), (work.Scheduled, work.Failed, work.Ok));
        Assert.Equal("load.success can no longer hold: 6 were not answered well, and of all that is planned 5 may", result.Stopped);
        var measured = Assert.Single(MeasurementsOf(result, Success));
        Assert.Equal((0.0, 6L), (measured.Value, measured.Observations));
        Assert.Equal($"ended early: {result.Stopped} | 6 × work: 503", measured.Diagnosis);
        Assert.Equal(Verdict.Fail, Judged(measured, Comparison.AtLeast, 0.995));
    }

    [Fact]
    public async Task As_many_failures_as_the_plan_allows_do_not_end_it()
    {
        var result = await RunAsync(iteration => iteration.Number < 5 ? Failed : IterationAnswer.Ok, Success);

        Assert.Null(result.Stopped);
        Assert.Equal((1000, 5), (result["work"].Scheduled, result["work"].Failed));
        Assert.Equal(Verdict.Pass, Judged(Assert.Single(MeasurementsOf(result, Success)), Comparison.AtLeast, 0.995));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task So_many_slow_ones_that_the_percentile_of_all_must_be_beyond_its_limit_end_it(int slow, bool holds)
    {
        var paced = new Paced();
        // Who waits for one goes on at once, before the clock does: each has one of its own.
        var held = new Queue<TaskCompletionSource<IterationAnswer>>();

        // The first wait until another comes 600 ms after them; each other is answered at once.
        var result = await paced.RunAsync(
            Paced.Of(
                Thousand,
                (iteration, _) =>
                {
                    while (iteration.Number == slow + 60 && held.TryDequeue(out var waiting))
                        waiting.SetResult(IterationAnswer.Ok);
                    if (iteration.Number >= slow)
                        return Task.FromResult(IterationAnswer.Ok);
                    var own = new TaskCompletionSource<IterationAnswer>(TaskCreationOptions.None);
                    held.Enqueue(own);
                    return own.Task;
                }
            ) with
            {
                AbortsBeyond = [Latency],
            },
            Cancellation
        );

        Assert.Equal(holds, result.Stopped is null);
        Assert.Equal(holds ? 1000 : slow + 61, result["work"].Scheduled);
        Assert.Equal(holds ? Verdict.Pass : Verdict.Fail, Judged(Assert.Single(MeasurementsOf(result, Latency)), Comparison.AtMost, 500));
    }

    [Fact]
    public async Task What_is_not_broken_is_unknown_where_too_little_of_it_was_seen()
    {
        var result = await RunAsync(iteration => iteration.Number < 6 ? Failed : IterationAnswer.Ok, Success, Latency);

        var measured = MeasurementsOf(result, Latency).Single();
        Assert.Equal(6, measured.Observations);
        Assert.Equal(Verdict.Unknown, Judged(measured, Comparison.AtMost, 500));
    }

    [Fact]
    public async Task All_operations_end_together()
    {
        var scenario = Paced.Of(Thousand, (_, _) => Task.FromResult(Failed));
        var result = await new LoadRun(TimeProvider.System).RunAsync(
            scenario with
            {
                Operations = [.. scenario.Operations, new LoadOperation("other", Thousand, (_, _) => Task.FromResult(IterationAnswer.Ok))],
                AbortsBeyond = [Success],
            },
            Cancellation
        );

        Assert.InRange(result["work"].Scheduled, 11, 500);
        Assert.InRange(result["other"].Scheduled, 1, 500);
    }

    [Fact]
    public async Task The_warm_up_breaks_no_promise()
    {
        var scenario = Paced.Of(Thousand, (iteration, _) => Task.FromResult(iteration.IsWarmUp ? Failed : IterationAnswer.Ok)) with
        {
            WarmUp = Second,
            AbortsBeyond = [Success],
        };

        Assert.Null((await new Paced().RunAsync(scenario, Cancellation)).Stopped);
    }

    [Fact]
    public void Where_nobody_knows_how_many_there_will_be_nothing_is_allowed_or_forbidden()
    {
        var copies = new LoadOperation("copies", new ConstantCopies(5, Second), (_, _) => Task.FromResult(IterationAnswer.Ok));

        Assert.Null(Success.Promise.Allowed([copies], 0.995));
        Assert.Null(new LatencyPromise("load.latency", "copies", 99).Allowed([copies], 500));
    }

    private static IterationAnswer Failed { get; } = new(IterationOutcome.Failed, "503");

    private static Task<LoadResult> RunAsync(Func<Iteration, IterationAnswer> answer, params IReadOnlyList<LoadLimit> limits) =>
        new Paced().RunAsync(
            Paced.Of(Thousand, (iteration, _) => Task.FromResult(answer(iteration))) with
            {
                AbortsBeyond = limits,
            },
            Cancellation
        );

    private static IEnumerable<Measurement> MeasurementsOf(LoadResult result, LoadLimit limit) =>
        new LoadMeasurements(result with { GeneratorCores = 0 }, File).Of([limit.Promise]);

    private static Verdict Judged(Measurement measured, Comparison comparison, double limit) =>
        ObjectiveJudge
            .Judge(
                new Objective(measured.Objective, "A promise.", "unit", comparison, limit, 600, [], ObjectiveKind.Contract),
                new EvidenceLine
                {
                    Objective = measured.Objective,
                    Outcome = EvidenceOutcome.Measured,
                    Dimensions = new Dictionary<string, string>(),
                    Value = measured.Value,
                    Unit = "unit",
                    Observations = measured.Observations,
                    Resolution = measured.Resolution,
                    Diagnosis = measured.Diagnosis,
                    Test = "test",
                    At = DateTimeOffset.UnixEpoch,
                }
            )
            .Verdict;
}
