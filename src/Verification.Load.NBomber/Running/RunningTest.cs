using System.Runtime.InteropServices;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.Reports;
using Verification.Load;

namespace NBomber.Running;

/// <summary>What the engine says beyond NBomber's statistics: the account of each scenario, lag, whether the generator was
/// saturated.</summary>
/// <param name="Stats">NBomber's statistics.</param>
/// <param name="Load">The engine's result; each operation is a scenario.</param>
public sealed record EngineResult(NodeStats Stats, LoadResult Load);

/// <summary>Runs scenarios on the engine.</summary>
public static class EngineRunner
{
    /// <summary>Runs scenarios, and tells all that the engine knows.</summary>
    /// <param name="context">The scenarios.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it without a result.</param>
    /// <exception cref="LoadScenarioException">They can't run as they are; nothing was begun.</exception>
    public static async Task<EngineResult> RunAsync(this NBomberContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(time);
        using var test = new RunningTest(context, time);
        return await test.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives all scenarios together another length or rate.</summary>
    /// <param name="context">The scenarios.</param>
    /// <param name="shape">Which.</param>
    public static NBomberContext WithShape(this NBomberContext context, LoadShape shape)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape == LoadShape.AsWritten)
            return context;
        var scales = shape.Of([
            .. context.Scenarios.Select(scenario => new LoadSequence([.. scenario.LoadSimulations.Select(simulation => simulation.Model)])),
        ]);
        return context with
        {
            Scenarios = [.. context.Scenarios.Zip(scales, (scenario, scale) => Scaled(scenario, scale.Time, scale.Rate))],
        };
    }

    /// <summary>Ends all scenarios once one of these promises can no longer hold, as k6's <c>abortOnFail</c> does.</summary>
    /// <param name="context">The scenarios.</param>
    /// <param name="limits">The promises.</param>
    public static NBomberContext WithAbortOnFail(this NBomberContext context, IReadOnlyList<LoadLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context with { AbortsBeyond = limits };
    }

    private static ScenarioProps Scaled(ScenarioProps scenario, double time, double rate) =>
        scenario with
        {
            LoadSimulations =
            [
                .. scenario.LoadSimulations.Select(simulation => new LoadSimulation(
                    $"{simulation}, {time:0.###} times as long, at {rate:0.###} times the rate",
                    simulation.Model.Scaled(time, rate)
                )),
            ],
        };
}

/// <summary>A test while it runs.</summary>
internal sealed class RunningTest : IDisposable
{
    private readonly NBomberContext context;
    private readonly IReadOnlyList<RunningScenario> scenarios;
    private readonly Lock stopping = new();

    public RunningTest(NBomberContext context, TimeProvider time)
    {
        (this.context, Time) = (context, time);
        var created = time.GetUtcNow().UtcDateTime;
        Info = new TestInfo
        {
            SessionId = $"{created:yyyy-MM-dd_HH.mm.ss}_session_{Guid.NewGuid():N}"[..40],
            TestSuite = context.TestSuite,
            TestName = context.TestName,
            Created = created,
        };
        Node = new NodeInfo
        {
            MachineName = Environment.MachineName,
            OS = RuntimeInformation.OSDescription,
            DotNetVersion = RuntimeInformation.FrameworkDescription,
            CoresCount = Environment.ProcessorCount,
        };
        scenarios =
        [
            .. context
                .Scenarios.Where(scenario => context.Targets?.Contains(scenario.ScenarioName) ?? true)
                .Select((scenario, place) => new RunningScenario(this, scenario, place)),
        ];
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The test.</summary>
    public TestInfo Info { get; }

    /// <summary>The machine.</summary>
    public NodeInfo Node { get; }

    /// <summary>Why it was stopped before its time; null where it was not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Prepares, warms up, measures, cleans up, reports.</summary>
    public async Task<EngineResult> RunAsync(CancellationToken cancellationToken)
    {
        var problems = Problems();
        if (problems.Count > 0)
            throw new LoadScenarioException(context.TestName, problems);
        foreach (var scenario in scenarios)
            await scenario.CallAsync(scenario.Props.Init, ScenarioOperation.Init).ConfigureAwait(false);
        var load = await new LoadRun(Time).RunAsync(Load(), cancellationToken).ConfigureAwait(false);
        load = load with { Stopped = Stopped ?? load.Stopped };
        foreach (var scenario in scenarios)
            await scenario.CallAsync(scenario.Props.Clean, ScenarioOperation.Clean).ConfigureAwait(false);

        var stats = new NodeStats
        {
            ScenarioStats =
            [
                .. scenarios
                    .Where(scenario => scenario.Props.Run is not null)
                    .Select(scenario => scenario.Stats(load[scenario.Props.ScenarioName].During)),
            ],
            NodeInfo = Node,
            TestInfo = Info,
            Duration = load.Took,
        };
        var models = scenarios.ToDictionary(
            scenario => scenario.Props.ScenarioName,
            scenario => scenario.Props.LoadSimulations,
            StringComparer.Ordinal
        );
        return new EngineResult(stats with { ReportFiles = ReportWriter.Write(context, stats, models) }, WithSteps(load));
    }

    /// <summary>Begins no further iteration of a scenario.</summary>
    public void Stop(string name, string reason) => Stop(scenarios.Where(scenario => scenario.Props.ScenarioName == name), reason);

    /// <summary>Begins no further iteration of any scenario.</summary>
    public void StopAll(string reason) => Stop(scenarios, reason);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var scenario in scenarios)
            scenario.Dispose();
    }

    private LoadResult WithSteps(LoadResult load)
    {
        var steps = scenarios.SelectMany(scenario => scenario.Steps()).ToLookup(step => step.Operation, StringComparer.Ordinal);
        return load with
        {
            Operations =
            [
                .. load.Operations.Select(operation =>
                    operation with
                    {
                        Distributions = [.. operation.Distributions, .. steps[operation.Name]],
                    }
                ),
            ],
        };
    }

    private void Stop(IEnumerable<RunningScenario> stopped, string reason)
    {
        lock (stopping)
            Stopped ??= reason;
        foreach (var scenario in stopped)
            scenario.Stop();
    }

    private LoadScenario Load()
    {
        var load = new LoadScenario(
            context.TestName,
            [.. scenarios.Where(scenario => scenario.Props.Run is not null).Select(scenario => scenario.Operation)]
        );
        return load with
        {
            AbortsBeyond = context.AbortsBeyond,
            MostInFlight = (int)load.Operations.Max(operation => load.RoomOf(operation.Simulation)),
        };
    }

    private List<string> Problems()
    {
        var problems = new List<string>();
        foreach (var target in (context.Targets ?? []).Except(context.Scenarios.Select(scenario => scenario.ScenarioName)))
            problems.Add(
                $"there is no scenario '{target}' among {string.Join(", ", context.Scenarios.Select(scenario => $"'{scenario.ScenarioName}'"))}"
            );
        if (scenarios.All(scenario => scenario.Props.Run is null))
            problems.Add("none of its scenarios has anything to run");
        else
            problems.AddRange(Load().Problems);
        problems.AddRange(
            scenarios
                .Where(scenario => scenario.Props.MaxFailCount < 1)
                .Select(scenario =>
                    $"{scenario.Props.ScenarioName}: it ends after {scenario.Props.MaxFailCount} failures; at least 1 must be allowed"
                )
        );
        problems.AddRange(
            context
                .ReportFormats.Except(ReportWriter.Formats)
                .Select(format => $"no report is written as {format}; there are {string.Join(", ", ReportWriter.Formats)}")
        );
        return problems;
    }
}
