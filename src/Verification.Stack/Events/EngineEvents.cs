using System.Globalization;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Runs;

namespace Verification.Stack.Events;

/// <summary>A stream of events, open until it ends or breaks.</summary>
/// <param name="since">From when on; what happened in between comes first.</param>
/// <param name="told">Hears of each event.</param>
/// <param name="cancellationToken">Ends it.</param>
internal delegate Task EventStream(DateTimeOffset since, Action<InstanceEvent> told, CancellationToken cancellationToken);

/// <summary>The engine's own stream of events (https://docs.docker.com/reference/api/engine/, <c>GET /events</c>), of the containers of one
/// run.</summary>
internal static class EngineEvents
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The stream of a run, or of one stage of it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="stage">Name of the stage; null for a stack that belongs to none.</param>
    public static EventStream Of(DockerEngine engine, string run, string? stage) =>
        (since, told, cancellationToken) =>
            engine.Client.System.MonitorEventsAsync(
                new ContainerEventsParameters { Since = Timestamp(since), Filters = FiltersOf(run, stage) },
                new Heard(told),
                cancellationToken
            );

    /// <summary>A time as the engine reads it: seconds since 1970 with nanoseconds.</summary>
    internal static string Timestamp(DateTimeOffset time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{time.ToUnixTimeSeconds()}.{time.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick:000000000}"
        );

    private static Dictionary<string, IDictionary<string, bool>> FiltersOf(string run, string? stage)
    {
        var labels = new Dictionary<string, bool>(StringComparer.Ordinal) { [$"{RunLabels.Run}={run}"] = true };
        if (stage is not null)
            labels[$"{RunLabels.Stage}={stage}"] = true;
        return new Dictionary<string, IDictionary<string, bool>>(StringComparer.Ordinal)
        {
            ["type"] = new Dictionary<string, bool>(StringComparer.Ordinal) { ["container"] = true },
            ["event"] = InstanceEvent.Names.ToDictionary(name => name, _ => true, StringComparer.Ordinal),
            ["label"] = labels,
        };
    }

    /// <summary>Hands on at once and in order what is heard.</summary>
    private sealed class Heard(Action<InstanceEvent> told) : IProgress<Message>
    {
        public void Report(Message value)
        {
            if (InstanceEvent.Of(value) is { } seen)
                told(seen);
        }
    }
}
