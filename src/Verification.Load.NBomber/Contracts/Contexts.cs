using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

/// <summary>What is being done with a scenario.</summary>
public enum ScenarioOperation
{
    /// <summary>It is being prepared.</summary>
    Init = 0,

    /// <summary>It is being cleaned up.</summary>
    Clean = 1,

    /// <summary>It warms up; nothing is measured.</summary>
    WarmUp = 2,

    /// <summary>It is measured.</summary>
    Bombing = 3,
}

/// <summary>An instance of a scenario: a virtual user, who does one iteration at a time.</summary>
public sealed record ScenarioInfo
{
    /// <summary>Id of the instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Number of the instance, from 0.</summary>
    public required int InstanceNumber { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>How long it is planned to last.</summary>
    public required TimeSpan ScenarioDuration { get; init; }

    /// <summary>Whether it warms up or is measured.</summary>
    public required ScenarioOperation ScenarioOperation { get; init; }
}

/// <summary>What an iteration knows.</summary>
public interface IScenarioContext
{
    /// <summary>The test.</summary>
    TestInfo TestInfo { get; }

    /// <summary>The instance.</summary>
    ScenarioInfo ScenarioInfo { get; }

    /// <summary>The machine.</summary>
    NodeInfo NodeInfo { get; }

    /// <summary>Number of the iteration among those of its instance, from 1.</summary>
    long InvocationNumber { get; }

    /// <summary>What the steps of one iteration share; empty in the next.</summary>
    Dictionary<string, object> Data { get; }

    /// <summary>What the iterations of one instance share.</summary>
    Dictionary<string, object> ScenarioInstanceData { get; }

    /// <summary>Ends with the scenario.</summary>
    CancellationToken ScenarioCancellationToken { get; }

    /// <summary>Draws numbers.</summary>
    Random Random { get; }

    /// <summary>Begins no further iteration of a scenario.</summary>
    /// <param name="scenarioName">Its name.</param>
    /// <param name="reason">Why.</param>
    void StopScenario(string scenarioName, string reason);

    /// <summary>Begins no further iteration of any scenario.</summary>
    /// <param name="reason">Why.</param>
    void StopCurrentTest(string reason);
}

/// <summary>What the preparation of a scenario, and its cleaning up, know.</summary>
public interface IScenarioInitContext
{
    /// <summary>The test.</summary>
    TestInfo TestInfo { get; }

    /// <summary>The scenario.</summary>
    ScenarioInfo ScenarioInfo { get; }

    /// <summary>The machine.</summary>
    NodeInfo NodeInfo { get; }
}
