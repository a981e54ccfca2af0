using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Running;

/// <summary>An instance of a scenario, which does one iteration at a time.</summary>
/// <param name="running">The scenario as it runs.</param>
/// <param name="number">Number of the instance.</param>
internal sealed class ScenarioContext(RunningScenario running, int number) : IScenarioContext
{
    private bool isWarmUp;

    /// <inheritdoc />
    public TestInfo TestInfo => running.Test.Info;

    /// <inheritdoc />
    public ScenarioInfo ScenarioInfo => running.Info(isWarmUp ? ScenarioOperation.WarmUp : ScenarioOperation.Bombing, number);

    /// <inheritdoc />
    public NodeInfo NodeInfo => running.Test.Node;

    /// <inheritdoc />
    public long InvocationNumber { get; private set; }

    /// <inheritdoc />
    public Dictionary<string, object> Data { get; } = [];

    /// <inheritdoc />
    public Dictionary<string, object> ScenarioInstanceData { get; } = [];

    /// <inheritdoc />
    public CancellationToken ScenarioCancellationToken { get; private set; }

    /// <inheritdoc />
#pragma warning disable CA5394 // It spreads a load and protects nothing.
    public Random Random => Random.Shared;
#pragma warning restore CA5394

    /// <summary>Whether a failed step ends the iteration.</summary>
    internal bool EndsWithAFailedStep => running.Props.RestartIterationOnFail;

    /// <summary>The clock.</summary>
    internal long Now => running.Test.Time.GetTimestamp();

    /// <inheritdoc />
    public void StopScenario(string scenarioName, string reason) => running.Test.Stop(scenarioName, reason);

    /// <inheritdoc />
    public void StopCurrentTest(string reason) => running.Test.StopAll(reason);

    /// <summary>The next iteration.</summary>
    internal void Begin(bool warmsUp, CancellationToken cancellationToken)
    {
        isWarmUp = warmsUp;
        InvocationNumber++;
        Data.Clear();
        ScenarioCancellationToken = cancellationToken;
    }

    /// <summary>Records a step.</summary>
    internal void Record(string step, long since, IResponse response)
    {
        if (!isWarmUp)
            running.StepOf(step).Record(running.Test.Time.GetElapsedTime(since), response);
    }
}
