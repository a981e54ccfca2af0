using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class LoadRunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ConstantArrivalRate Hundred = new(100, Second, Second);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rate_is_held()
    {
        var result = await new Paced().RunAsync(Paced.Of(Hundred, Good), Cancellation);

        var work = result["work"];
        Assert.Equal((100, 100, 100, 0, 0), (work.Planned, work.Scheduled, work.Ok, work.Dropped, work.Late));
        Assert.InRange(work.RatePerSecond, 99, 102);
        Assert.Null(GeneratorBounds.Broken(result with { GeneratorCores = 0 }));
    }

    [Fact]
    public async Task A_generator_that_was_late_has_its_lateness_in_the_response_time_and_not_in_the_service_time()
    {
        var paced = new Paced(rest => rest == 50 ? TimeSpan.FromMilliseconds(300) : TimeSpan.Zero);

        var result = await paced.RunAsync(Paced.Of(Hundred, Good), Cancellation);

        var work = result["work"];
        Assert.InRange(work.Response.Max, 300, 301);
        Assert.InRange(work.Lag.Max, 300, 301);
        Assert.InRange(work.Service.Max, 0, 1);
        Assert.InRange(work.Late, 29, 31);
    }

    [Fact]
    public async Task A_platform_that_stalls_for_a_second_shows_in_the_upper_percentiles_of_everything_that_was_due_meanwhile()
    {
        var paced = new Paced();
        var start = paced.Pacer.Now;
        // Who waits for one goes on at once, before the clock does: each has one of its own, and none is put off.
        var held = new Queue<TaskCompletionSource<IterationAnswer>>();

        // From 1 s to 2 s nobody is answered.
        Task<IterationAnswer> Stalling(Iteration iteration, CancellationToken cancellationToken)
        {
            var at = paced.Pacer.Between(start, paced.Pacer.Now);
            while (at >= TimeSpan.FromSeconds(2) && held.TryDequeue(out var waiting))
                waiting.SetResult(IterationAnswer.Ok);
            if (at < Second || at >= TimeSpan.FromSeconds(2))
                return Good(iteration, cancellationToken);
            var own = new TaskCompletionSource<IterationAnswer>(TaskCreationOptions.None);
            held.Enqueue(own);
            return own.Task;
        }

        var result = await paced.RunAsync(Paced.Of(Hundred with { During = TimeSpan.FromSeconds(4) }, Stalling), Cancellation);

        // A quarter of all were due while it stalled: a client that waits for each answer would have seen one slow one.
        var work = result["work"];
        Assert.Equal(400, work.Ok);
        Assert.InRange(work.Response.P50, 0, 1);
        Assert.InRange(work.Response.P95, 700, 900);
        Assert.InRange(work.Response.P99, 900, 1100);
    }

    [Fact]
    public async Task What_there_is_no_room_for_is_dropped_and_counted()
    {
        var held = new TaskCompletionSource<IterationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var paced = new Paced();
        var scenario = Paced.Of(
            Hundred,
            (iteration, _) =>
            {
                if (iteration.Number == 59)
                    throw new InvalidOperationException("An iteration without room was begun.");
                return held.Task;
            }
        ) with
        {
            MostInFlight = 10,
            Deadline = TimeSpan.FromMilliseconds(100),
        };

        var running = paced.RunAsync(scenario, Cancellation);
        while (!running.IsCompleted)
        {
            // Past the deadline and its grace, whenever the run has come to wait for them.
            paced.Time.Advance(Second);
            await Task.Yield();
        }

        var work = (await running)["work"];
        Assert.Equal((100, 0, 90, 10), (work.Scheduled, work.Ok, work.Dropped, work.Unfinished));
        Assert.True(work.AddsUp);
    }

    [Fact]
    public async Task Each_outcome_is_counted_as_what_it_is_and_all_add_up()
    {
        static Task<IterationAnswer> Mixed(Iteration iteration, CancellationToken cancellationToken) =>
            Task.FromResult(
                (iteration.Number % 4) switch
                {
                    0 => new IterationAnswer(IterationOutcome.Failed, "503"),
                    1 => new IterationAnswer(IterationOutcome.TimedOut, "no answer in time"),
                    _ => IterationAnswer.Ok,
                }
            );

        var work = (await new Paced().RunAsync(Paced.Of(Hundred, Mixed), Cancellation))["work"];

        Assert.Equal((50, 25, 25), (work.Ok, work.Failed, work.TimedOut));
        Assert.Equal(100, work.Response.Count);
        Assert.Equal(25, work.Failures["503"]);
        Assert.True(work.AddsUp);
        Assert.False((work with { Ok = 49 }).AddsUp);
    }

    [Fact]
    public async Task The_warm_up_is_not_measured()
    {
        var warm = 0;
        var scenario = Paced.Of(
            Hundred,
            (iteration, _) =>
            {
                warm += iteration.IsWarmUp ? 1 : 0;
                return Task.FromResult(iteration.IsWarmUp ? new IterationAnswer(IterationOutcome.Failed, "cold") : IterationAnswer.Ok);
            }
        ) with
        {
            WarmUp = TimeSpan.FromSeconds(2),
        };

        var work = (await new Paced().RunAsync(scenario, Cancellation))["work"];

        Assert.Equal((200, 100, 100, 0), (warm, work.Scheduled, work.Ok, work.Failed));
    }

    [Fact]
    public async Task An_exception_out_of_the_work_is_a_fault_of_the_suite_and_ends_the_run()
    {
        var begun = 0;
        var scenario = Paced.Of(Hundred, (_, _) => ++begun == 5 ? throw new InvalidDataException("of the suite") : Good(default, default));

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => new Paced().RunAsync(scenario, Cancellation));

        Assert.Equal(("of the suite", 5), (thrown.Message, begun));
    }

    [Fact]
    public async Task A_scenario_that_cannot_run_says_all_that_is_wrong_and_begins_nothing()
    {
        var begun = 0;
        Task<IterationAnswer> Count(Iteration iteration, CancellationToken cancellationToken)
        {
            begun++;
            return Good(iteration, cancellationToken);
        }

        var scenario = new LoadScenario(
            "wrong",
            [new LoadOperation("same", Hundred with { Rate = 0, During = TimeSpan.Zero }, Count), new LoadOperation("same", Hundred, Count)]
        )
        {
            WarmUp = -Second,
            MostInFlight = 999,
        };

        var thrown = await Assert.ThrowsAsync<LoadScenarioException>(() => new Paced().RunAsync(scenario, Cancellation));

        Assert.Equal(
            [
                "2 operations are named 'same'",
                "it warms up for -1 s; that can't be negative",
                "same: the rate is 0; at least 1 must arrive in an interval",
                "same: it lasts 0 s; it must last longer than 0 s and at most 24 h",
                "same: 999 in flight are too few; 100/s with a deadline of 10 s need 1000",
            ],
            thrown.Problems
        );
        Assert.Equal(0, begun);
    }

    private static Task<IterationAnswer> Good(Iteration iteration, CancellationToken cancellationToken) =>
        Task.FromResult(IterationAnswer.Ok);
}
