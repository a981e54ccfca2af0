using Docker.DotNet.Models;
using Verification.Stack.Runs;

namespace Verification.Stack.Events;

/// <summary>What the engine tells of an instance.</summary>
/// <param name="At">When it happened, by the engine's clock.</param>
/// <param name="Instance">Name of the instance, for example <c>redis-node-0</c>.</param>
/// <param name="Name">What happened, in the engine's word: <c>die</c>, <c>oom</c>.</param>
/// <param name="Detail">The exit code, the signal, the health; null where the word says it all.</param>
internal sealed record InstanceEvent(DateTimeOffset At, string Instance, string Name, string? Detail)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>What is asked for: what ends, starts or holds up a container. All else (execs, copies) is the suite's own doing.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["die", "health_status", "kill", "oom", "pause", "restart", "start", "stop", "unpause"];

    /// <summary>Reads a message of the engine; null where it is of no instance, or of something else.</summary>
    /// <remarks>The labels of a container are among the attributes of its messages, and its health stands behind a colon in the
    /// action.</remarks>
    public static InstanceEvent? Of(Message message)
    {
        var attributes = message.Actor?.Attributes;
        var words = (message.Action ?? string.Empty).Split(':', 2, StringSplitOptions.TrimEntries);
        if (
            message.TimeNano is not { } nanoseconds
            || attributes is null
            || !attributes.TryGetValue(RunLabels.Instance, out var instance)
            || !Names.Contains(words[0], StringComparer.Ordinal)
        )
            return null;
        return new InstanceEvent(
            DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick),
            instance,
            words[0],
            words is [_, { Length: > 0 } state] ? state
                : attributes.TryGetValue("exitCode", out var code) ? $"exit code {code}"
                : attributes.TryGetValue("signal", out var signal) ? $"signal {signal}"
                : null
        );
    }
}
