namespace Verification.Load;

/// <summary>Runs a scenario: a thread of its own paces each operation, and whatever the work waits for, the pacer does not.</summary>
public sealed class LoadRun
{
    /// <summary>How long an iteration may be under way beyond its deadline before it counts as unfinished.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Up to this rate a pacer sleeps, per second: what it is late by is far from mattering, and the processor is the
    /// platform's.</summary>
    private const double HighestSleepingRate = 100;

    /// <summary>Up to this rate a precise pacer sleeps for most of the time, per second, and may go before others.</summary>
    private const double HighestPromptRate = 1000;

    private readonly TimeProvider time;
    private readonly Func<ILoadSimulation, Pacer> pacerOf;

    /// <summary>A run whose pacers sleep where they begin up to 100 iterations a second, and are precise beyond.</summary>
    /// <param name="time">The clock.</param>
    public LoadRun(TimeProvider time)
    {
        this.time = time;
        pacerOf = simulation =>
            simulation.PeakRate <= HighestSleepingRate
                ? Pacer.Sleeping(time)
                : Pacer.Precise(time, goesFirst: simulation.PeakRate <= HighestPromptRate);
    }

    /// <summary>A run with a pacer of one's own.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="pacer">Waits on the same clock.</param>
    public LoadRun(TimeProvider time, Pacer pacer) => (this.time, pacerOf) = (time, _ => pacer);

    /// <summary>Warms up and measures.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="cancellationToken">Ends it; iterations that are under way are left to their deadline.</param>
    /// <exception cref="LoadScenarioException">The scenario can't run as it is; nothing was begun.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<LoadResult> RunAsync(LoadScenario scenario, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (scenario.Problems is { Count: > 0 } problems)
            throw new LoadScenarioException(scenario.Name, problems);
        await PassAsync(scenario, [.. WarmUps(scenario)], watch: null, cancellationToken).ConfigureAwait(false);

        var began = time.GetUtcNow();
        var cpu = Environment.CpuUsage.TotalTime;
        var since = time.GetTimestamp();
        using var watch = new PromiseWatch(scenario.AbortsBeyond, scenario.Operations);
        var operations = await PassAsync(scenario, scenario.Operations, watch, cancellationToken).ConfigureAwait(false);
        var took = time.GetElapsedTime(since);
        return new LoadResult(scenario.Name, began, took, scenario.WarmUp, operations)
        {
            GeneratorCores = (Environment.CpuUsage.TotalTime - cpu) / took,
            Stopped = watch.Why,
        };
    }

    private static IEnumerable<LoadOperation> WarmUps(LoadScenario scenario) =>
        scenario
            .Operations.Select(operation => (Operation: operation, During: operation.WarmUp ?? scenario.WarmUp))
            .Where(each => each.During > TimeSpan.Zero)
            .Select(each => each.Operation with { Simulation = each.Operation.Simulation.Lasting(each.During) });

    /// <summary>Runs operations side by side.</summary>
    /// <param name="scenario">Their scenario.</param>
    /// <param name="operations">The operations.</param>
    /// <param name="watch">Sees how each iteration ends, and may end them all; null for a warm-up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<IReadOnlyList<OperationResult>> PassAsync(
        LoadScenario scenario,
        IReadOnlyList<LoadOperation> operations,
        PromiseWatch? watch,
        CancellationToken cancellationToken
    ) => await Task.WhenAll(operations.Select(operation => RunAsync(scenario, operation, watch, cancellationToken))).ConfigureAwait(false);

    private async Task<OperationResult> RunAsync(
        LoadScenario scenario,
        LoadOperation operation,
        PromiseWatch? watch,
        CancellationToken cancellationToken
    )
    {
        var pacer = pacerOf(operation.Simulation);
        var tally = new OperationTally(operation.Name, operation.Simulation.Planned, pacer, scenario.MostInFlight);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            operation.Stop,
            watch?.Broken ?? CancellationToken.None
        );
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var took = TimeSpan.Zero;
        await OnThreadOfItsOwnAsync(
                operation.Name,
                pacer.GoesFirst,
                () =>
                {
                    var flow = new IterationFlow(pacer, BeginAsync);
                    var since = pacer.Now;
                    operation.Simulation.Run(flow, since, end.Token);
                    flow.Keep(0);
                    took = pacer.Between(since, pacer.Now);
                }
            )
            .ConfigureAwait(false);
        tally.Close();
        var ended = await Task.WhenAny(tally.AllEnded, broken.Task, Task.Delay(scenario.Deadline + Grace, time, cancellationToken))
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (broken.Task.IsCompleted || ended == broken.Task)
            await broken.Task.ConfigureAwait(false);
        return tally.Account(took);

        Task BeginAsync(long due) =>
            tally.TryBegin(due, out var number)
                ? IterateAsync(due, new Iteration(number, watch is null, pacer.Between(due, pacer.Now)))
                : Task.CompletedTask;

        // Its first part, up to the send, runs on the pacer's thread: a hand-over to the pool would cost up to some ms.
        async Task IterateAsync(long due, Iteration iteration)
        {
            var sent = pacer.Now;
            try
            {
                var answer = await operation.Work(iteration, cancellationToken).ConfigureAwait(false);
                if (tally.End(due, sent, answer) is { } response)
                    watch?.Ended(operation.Name, answer.Outcome, response);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The run ends without a result.
            }
#pragma warning disable CA1031 // Whatever it is, the run ends with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                broken.TrySetException(e);
                await end.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private static Task OnThreadOfItsOwnAsync(string name, bool goesFirst, Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                _ = (goesFirst && ThreadScheduling.AskForRealTime()) || ThreadScheduling.AskForShortSlice();
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // An exception on a thread of its own would end the process.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = $"pacer of {name}",
        };
        thread.Start();
        return done.Task;
    }
}
