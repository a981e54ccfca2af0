using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>Makes scenarios.</summary>
public static class Scenario
{
    /// <summary>A scenario.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="run">What an iteration does.</param>
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) => new(name, run);

    /// <summary>A scenario that is only prepared and cleaned up.</summary>
    /// <param name="name">Its name.</param>
    public static ScenarioProps Empty(string name) => new(name, null);

    /// <summary>Prepares it, before it warms up. What it throws ends the test.</summary>
    public static ScenarioProps WithInit(this ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc) =>
        Of(scenario) with
        {
            Init = initFunc,
        };

    /// <summary>Cleans up, once all scenarios have ended. What it throws ends the test.</summary>
    public static ScenarioProps WithClean(this ScenarioProps scenario, Func<IScenarioInitContext, Task> cleanFunc) =>
        Of(scenario) with
        {
            Clean = cleanFunc,
        };

    /// <summary>How long its first load runs before anything is measured (30 s by default).</summary>
    public static ScenarioProps WithWarmUpDuration(this ScenarioProps scenario, TimeSpan duration) =>
        Of(scenario) with
        {
            WarmUpDuration = duration,
        };

    /// <summary>It is measured at once.</summary>
    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => Of(scenario) with { WarmUpDuration = TimeSpan.Zero };

    /// <summary>When its iterations begin (one copy for a minute by default): one model after the other.</summary>
    public static ScenarioProps WithLoadSimulations(this ScenarioProps scenario, params LoadSimulation[] loadSimulations) =>
        Of(scenario) with
        {
            LoadSimulations = loadSimulations,
        };

    /// <summary>After how many failures the whole test ends (5,000 by default).</summary>
    public static ScenarioProps WithMaxFailCount(this ScenarioProps scenario, int maxFailCount) =>
        Of(scenario) with
        {
            MaxFailCount = maxFailCount,
        };

    /// <summary>Whether a failed step ends its iteration as failed (by default it does).</summary>
    public static ScenarioProps WithRestartIterationOnFail(this ScenarioProps scenario, bool shouldRestart) =>
        Of(scenario) with
        {
            RestartIterationOnFail = shouldRestart,
        };

    private static ScenarioProps Of(ScenarioProps scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario;
    }
}
