using System.Globalization;
using Verification.Objectives;

namespace Verification.Platform;

/// <summary>Sees that a service refuses for good: while nothing is wrong around it, the same status of a client's fault comes again and
/// again.</summary>
internal static class SteadyRefusal
{
    /// <summary>For how long the same must have come.</summary>
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    private const long NanosecondsPerTick = 100;

    /// <summary>That it refuses, in a sentence; null while it may yet not.</summary>
    /// <param name="history">What has happened in the scenario, in its order.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="now">Now, in ns.</param>
    public static string? See(IReadOnlyList<HistoryLine> history, string service, long now)
    {
        var answers = history
            .Where(line => line is { Kind: HistoryKind.Op, Name: "post" or "get" } && line.Instance == service)
            .Reverse()
            .ToList();
        if (answers is not [{ Detail: ['4', _, _] status }, ..] || IsAnyFaultActive(history))
            return null;
        var first = answers.TakeWhile(line => line.Detail == status).Last();
        return now - first.Invoke >= Long.Ticks * NanosecondsPerTick
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{service} has answered {status} for {Long.TotalSeconds:0} s, and no fault is active"
            )
            : null;
    }

    private static bool IsAnyFaultActive(IEnumerable<HistoryLine> history) =>
        history
            .Where(line => line.Kind == HistoryKind.Fault)
            .GroupBy(line => line.Marker, StringComparer.Ordinal)
            .Any(fault => fault.Last().Phase != FaultPhase.Healed);
}
