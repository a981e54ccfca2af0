using Verification.Load;

namespace NBomber.Contracts;

/// <summary>When iterations begin; made by <see cref="CSharp.Simulation"/>.</summary>
public sealed class LoadSimulation
{
    internal LoadSimulation(string text, ILoadSimulation model) => (Text, Model) = (text, model);

    /// <summary>The model of the engine.</summary>
    internal ILoadSimulation Model { get; }

    private string Text { get; }

    /// <inheritdoc />
    public override string ToString() => Text;
}

/// <summary>A scenario with all that was said of it; made by <see cref="CSharp.Scenario"/>.</summary>
public sealed record ScenarioProps
{
    internal ScenarioProps(string name, Func<IScenarioContext, Task<IResponse>>? run) => (ScenarioName, Run) = (name, run);

    /// <summary>Its name.</summary>
    public string ScenarioName { get; init; }

    internal Func<IScenarioContext, Task<IResponse>>? Run { get; init; }

    internal Func<IScenarioInitContext, Task>? Init { get; init; }

    internal Func<IScenarioInitContext, Task>? Clean { get; init; }

    internal TimeSpan WarmUpDuration { get; init; } = TimeSpan.FromSeconds(30);

    internal IReadOnlyList<LoadSimulation> LoadSimulations { get; init; } = [CSharp.Simulation.KeepConstant(1, TimeSpan.FromMinutes(1))];

    internal bool RestartIterationOnFail { get; init; } = true;

    internal int MaxFailCount { get; init; } = 5000;
}

/// <summary>Scenarios that run together; made by <see cref="CSharp.NBomberRunner"/>.</summary>
public sealed record NBomberContext
{
    internal NBomberContext(IReadOnlyList<ScenarioProps> scenarios) => Scenarios = scenarios;

    internal IReadOnlyList<ScenarioProps> Scenarios { get; init; }

    internal IReadOnlyList<string>? Targets { get; init; }

    internal string TestSuite { get; init; } = "nbomber_default_test_suite_name";

    internal string TestName { get; init; } = "nbomber_default_test_name";

    internal string ReportFolder { get; init; } = "./reports";

    internal string? ReportFileName { get; init; }

    internal IReadOnlyList<LoadLimit> AbortsBeyond { get; init; } = [];

    internal IReadOnlyList<Stats.ReportFormat> ReportFormats { get; init; } = [Stats.ReportFormat.Txt, Stats.ReportFormat.Md];
}
