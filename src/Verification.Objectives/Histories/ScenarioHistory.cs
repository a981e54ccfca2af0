using System.Collections.Concurrent;

namespace Verification.Objectives;

/// <summary>The part of a history that one scenario writes. What it has written is at hand for its checkers.</summary>
/// <param name="log">The history of the run.</param>
/// <param name="scenario">Name of the scenario.</param>
public sealed class ScenarioHistory(HistoryLog log, string scenario)
{
    private readonly ConcurrentQueue<HistoryLine> lines = new();
    private int faults;

    /// <summary>Name of the scenario.</summary>
    public string Scenario { get; } = scenario;

    /// <summary>All that was written so far, with the times of this process.</summary>
    public IReadOnlyList<HistoryLine> Lines => [.. lines];

    /// <summary>An operation begins.</summary>
    /// <returns>Its invocation, for its end.</returns>
    public HistoryLine Invoke(string process, string name, string instance, string? marker) =>
        Append(HistoryLine.Invocation(process, name, instance, marker, log.Begin()));

    /// <summary>An operation has ended.</summary>
    public void End(HistoryLine invocation, Outcome outcome, string detail, long? count = null, string? file = null) =>
        Append(invocation.Ended(outcome, detail, log.Now, count, file));

    /// <summary>Something is worth its place in time.</summary>
    public void Event(string name, string? instance = null, string? detail = null) =>
        Append(HistoryLine.Event(name, instance, log.Now, detail));

    /// <summary>When something that is observed begins.</summary>
    public long Now => log.Now;

    /// <summary>Something was observed.</summary>
    public void Observe(string name, string instance, long since, long count, string? file = null, string? detail = null) =>
        Append(HistoryLine.Observation(name, instance, since, log.Now, count, file, detail));

    /// <summary>A name for a fault, as no other of the scenario has it.</summary>
    public string NextFault(string name) => $"{name}-{Interlocked.Increment(ref faults)}";

    /// <summary>A fault has come to a phase.</summary>
    public void Fault(string name, string instance, string id, FaultPhase phase, string? detail = null) =>
        Append(HistoryLine.Fault(name, instance, id, phase, log.Now, detail));

    private HistoryLine Append(HistoryLine line)
    {
        var own = line with { Scenario = Scenario };
        log.Append(own);
        lines.Enqueue(own);
        return own;
    }
}
