using NBomber.Contracts;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Load;

namespace Verification.Benchmarks.Engine;

/// <summary>The engine's load, as every scenario makes it: a step, all of its accounting, no path of its own.</summary>
internal static class EngineLoad
{
    /// <summary>How many connections there are in a closed loop.</summary>
    public const int Connections = 32;

    /// <summary>What each server answers: 200 bytes of JSON.</summary>
    public static string Body { get; } = $$"""{"question":"who","answers":["me","you"],"padding":"{{new string('x', 146)}}"}""";

    /// <summary>Runs it.</summary>
    /// <param name="ask">Asks once.</param>
    /// <param name="load">When.</param>
    /// <param name="warmUp">How long before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">Not all of it was answered well.</exception>
    public static async Task<LoadResult> RunAsync(
        Func<Task<Response<object>>> ask,
        LoadSimulation load,
        TimeSpan warmUp,
        CancellationToken cancellationToken
    )
    {
        var scenario = Scenario
            .Create("bench", async context => await Step.Run("get", context, ask).ConfigureAwait(false))
            .WithWarmUpDuration(warmUp)
            .WithLoadSimulations(load);
        var result = await NBomberRunner
            .RegisterScenarios(scenario)
            .WithTestName("engine")
            .WithoutReports()
            .RunAsync(TimeProvider.System, cancellationToken);
        return result.Load.Operations is [{ Failed: 0, TimedOut: 0, Unfinished: 0, Ok: > 0 }]
            ? result.Load
            : throw new InvalidDataException($"Not all was answered well: {string.Join(' ', result.Load.Operations)}");
    }
}
