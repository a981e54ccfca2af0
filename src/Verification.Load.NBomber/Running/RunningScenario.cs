using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using Verification.Load;

namespace NBomber.Running;

/// <summary>A scenario while it runs.</summary>
/// <param name="test">The test that it belongs to.</param>
/// <param name="props">The scenario.</param>
/// <param name="place">Its place among the scenarios.</param>
internal sealed class RunningScenario(RunningTest test, ScenarioProps props, int place) : IDisposable
{
    /// <summary>NBomber's name for the whole of a scenario, among its steps.</summary>
    private const string Whole = "global information";

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<ScenarioContext> free = [];
    private readonly ConcurrentDictionary<string, (int Place, MeasurementTally Tally)> steps = new(StringComparer.Ordinal);
    private readonly MeasurementTally whole = new();
    private readonly LoadSequence load = new([.. props.LoadSimulations.Select(simulation => simulation.Model)]);
    private int instances;

    /// <summary>The test.</summary>
    public RunningTest Test => test;

    /// <summary>The scenario.</summary>
    public ScenarioProps Props => props;

    /// <summary>What the engine is to do.</summary>
    public LoadOperation Operation => new(props.ScenarioName, load, IterateAsync) { WarmUp = props.WarmUpDuration, Stop = stop.Token };

    /// <summary>Prepares it, or cleans up.</summary>
    public Task CallAsync(Func<IScenarioInitContext, Task>? call, ScenarioOperation operation) =>
        call?.Invoke(new InitContext(this, operation)) ?? Task.CompletedTask;

    /// <summary>Begins no further iteration.</summary>
    public void Stop() => stop.Cancel();

    /// <summary>What an instance is told of the scenario.</summary>
    public ScenarioInfo Info(ScenarioOperation operation, int instance) =>
        new()
        {
            InstanceId = $"{props.ScenarioName}_{instance}",
            InstanceNumber = instance,
            ScenarioName = props.ScenarioName,
            ScenarioDuration = load.Length,
            ScenarioOperation = operation,
        };

    /// <summary>What is measured of a step.</summary>
    public MeasurementTally StepOf(string name) =>
        (steps.TryGetValue(name, out var known) ? known : steps.GetOrAdd(name, _ => (steps.Count + 1, new MeasurementTally()))).Tally;

    /// <summary>The times of its steps, each from its begin.</summary>
    public IEnumerable<Distribution> Steps() =>
        steps
            .OrderBy(step => step.Value.Place)
            .Select(step => new Distribution(props.ScenarioName, step.Key, DistributionKind.Service, step.Value.Tally.Latencies()));

    /// <summary>What was measured.</summary>
    /// <param name="during">How long iterations were begun.</param>
    public ScenarioStats Stats(TimeSpan during)
    {
        var (ok, fail) = whole.Stats(during);
        var parts = steps.OrderBy(step => step.Value.Place).Select(step => StatsOf(step.Key, step.Value.Tally, step.Value.Place, during));
        return new ScenarioStats
        {
            ScenarioName = props.ScenarioName,
            Ok = ok,
            Fail = fail,
            StepStats =
            [
                new StepStats
                {
                    StepName = Whole,
                    Ok = ok,
                    Fail = fail,
                },
                .. parts,
            ],
            Duration = during,
            SortIndex = place,
        };
    }

    /// <inheritdoc />
    public void Dispose() => stop.Dispose();

    private static StepStats StatsOf(string name, MeasurementTally tally, int place, TimeSpan during)
    {
        var (ok, fail) = tally.Stats(during);
        return new StepStats
        {
            StepName = name,
            Ok = ok,
            Fail = fail,
            SortIndex = place,
        };
    }

    private async Task<IterationAnswer> IterateAsync(Iteration iteration, CancellationToken cancellationToken)
    {
        var since = test.Time.GetTimestamp();
        if (!free.TryTake(out var context))
            context = new ScenarioContext(this, Interlocked.Increment(ref instances) - 1);
        context.Begin(iteration.IsWarmUp, cancellationToken);
        var response = await AnswerAsync(context).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        free.Add(context);
        if (!iteration.IsWarmUp)
        {
            whole.Record(iteration.Lag + test.Time.GetElapsedTime(since), response);
            if (response.IsError && whole.Failed >= props.MaxFailCount)
                test.StopAll($"'{props.ScenarioName}' has failed {props.MaxFailCount} times");
        }

        return response switch
        {
            { IsError: false } => IterationAnswer.Ok,
            { StatusCode: Unanswered.TimeOut } => new IterationAnswer(IterationOutcome.TimedOut, response.Message),
            _ => new IterationAnswer(IterationOutcome.Failed, $"{response.StatusCode} {response.Message}".Trim()),
        };
    }

    private async Task<IResponse> AnswerAsync(ScenarioContext context)
    {
        try
        {
            return await props.Run!(context).ConfigureAwait(false);
        }
        catch (FailedStepException failed)
        {
            return failed.Response;
        }
#pragma warning disable CA1031 // Whatever an iteration throws is its answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Unanswered.By<object>(e);
        }
    }

    private sealed record InitContext(RunningScenario Running, ScenarioOperation Operation) : IScenarioInitContext
    {
        public TestInfo TestInfo => Running.Test.Info;

        public ScenarioInfo ScenarioInfo => Running.Info(Operation, 0);

        public NodeInfo NodeInfo => Running.Test.Node;
    }
}
