using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

/// <summary>Finds statistics by name.</summary>
public static class StatsExtensions
{
    /// <summary>The scenario with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static ScenarioStats Get(this ScenarioStats[] scenarioStats, string name) =>
        scenarioStats.Find(name) ?? throw NotFound("Scenario", name, scenarioStats.Select(each => each.ScenarioName));

    /// <summary>The scenario with a name; null where there is none.</summary>
    public static ScenarioStats? Find(this ScenarioStats[] scenarioStats, string name) =>
        Array.Find(scenarioStats, each => each.ScenarioName == name);

    /// <summary>Whether there is a scenario with a name.</summary>
    public static bool Exists(this ScenarioStats[] scenarioStats, string name) => scenarioStats.Find(name) is not null;

    /// <summary>The step with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static StepStats Get(this StepStats[] stepStats, string name) =>
        stepStats.Find(name) ?? throw NotFound("Step", name, stepStats.Select(each => each.StepName));

    /// <summary>The step with a name; null where there is none.</summary>
    public static StepStats? Find(this StepStats[] stepStats, string name) => Array.Find(stepStats, each => each.StepName == name);

    /// <summary>Whether there is a step with a name.</summary>
    public static bool Exists(this StepStats[] stepStats, string name) => stepStats.Find(name) is not null;

    /// <summary>The status.</summary>
    /// <exception cref="KeyNotFoundException">It never came.</exception>
    public static StatusCodeStats Get(this StatusCodeStats[] statusCodes, string statusCode) =>
        statusCodes.Find(statusCode) ?? throw NotFound("Status code", statusCode, statusCodes.Select(each => each.StatusCode));

    /// <summary>The status; null where it never came.</summary>
    public static StatusCodeStats? Find(this StatusCodeStats[] statusCodes, string statusCode) =>
        Array.Find(statusCodes, each => each.StatusCode == statusCode);

    /// <summary>Whether a status came.</summary>
    public static bool Exists(this StatusCodeStats[] statusCodes, string statusCode) => statusCodes.Find(statusCode) is not null;

    private static KeyNotFoundException NotFound(string what, string name, IEnumerable<string> known) =>
        new($"{what} '{name}' is not there; there are {string.Join(", ", known)}.");
}
