using Verification.Objectives;

namespace Verification.Chaos.Faults;

/// <summary>A line of <c>faults.jsonl</c>: what was done to which stack, and how far it is.</summary>
/// <param name="Fault">What identifies it in its scenario.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Name">Kind of fault.</param>
/// <param name="Target">Its target.</param>
/// <param name="Stack">Id of the run that started the stack.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="At">When (UTC).</param>
public sealed record FaultRecord(
    string Fault,
    string Scenario,
    string Name,
    string Target,
    string Stack,
    FaultPhase Phase,
    DateTimeOffset At
);
