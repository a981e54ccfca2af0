using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>One promise about the platform and the measurement that decides it (an entry of <c>gates.yaml</c>).</summary>
/// <param name="Id">Stable name, <c>area.promise</c> in lower case, for example <c>persistence.row-per-post</c>.</param>
/// <param name="Promise">What is promised, one sentence.</param>
/// <param name="Unit">Unit of the measured value and of <paramref name="Limit"/>: <c>s</c>, <c>ms</c>, <c>buffs</c>, <c>answers</c>,
/// …</param>
/// <param name="Comparison">How the measured value is held against <paramref name="Limit"/>.</param>
/// <param name="Limit">The bound, in <paramref name="Unit"/>.</param>
/// <param name="MinObservations">Fewer observations than this decide nothing (UNKNOWN).</param>
/// <param name="Needs">Capabilities of the stack or machine without which it cannot be measured.</param>
/// <param name="Kind">Part of the contract, or an extra of an implementation.</param>
public sealed record Objective(
    string Id,
    string Promise,
    string Unit,
    Comparison Comparison,
    double Limit,
    long MinObservations,
    IReadOnlyList<string> Needs,
    ObjectiveKind Kind
)
{
    /// <summary>The components that are at fault where it fails, the likelier first, unless the evidence knows better; null where it says
    /// nothing of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Suspects { get; init; }
}

/// <summary>How a measured value is held against a limit.</summary>
public enum Comparison
{
    /// <summary>PASS if value ≤ limit.</summary>
    AtMost,

    /// <summary>PASS if value ≥ limit.</summary>
    AtLeast,
}

/// <summary>Where a promise comes from.</summary>
public enum ObjectiveKind
{
    /// <summary>Every implementation of the contract must keep it.</summary>
    Contract,

    /// <summary>An implementation may offer it; it decides only where the profile lists it.</summary>
    Extra,
}
