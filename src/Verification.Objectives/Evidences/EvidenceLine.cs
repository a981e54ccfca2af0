using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>One recorded measurement of an objective: a line of <c>evidence.jsonl</c>. What was not observed is not written.</summary>
public sealed record EvidenceLine : IJsonOnDeserialized
{
    /// <summary>Id of the objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Whether it was measured, and if not, why not.</summary>
    public required EvidenceOutcome Outcome { get; init; }

    /// <summary>What it was measured on, by the names of <see cref="Dimension"/>.</summary>
    public required IReadOnlyDictionary<string, string> Dimensions { get; init; }

    /// <summary>The measured value in <see cref="Unit"/>; null unless it was measured.</summary>
    public double? Value { get; init; }

    /// <summary>Unit of the value; must be that of the objective.</summary>
    public required string Unit { get; init; }

    /// <summary>How many observations the value rests on; null where nothing was observed.</summary>
    public long? Observations { get; init; }

    /// <summary>Smallest difference the measurement can see, in <see cref="Unit"/>; null where the value is a count.</summary>
    public double? Resolution { get; init; }

    /// <summary>The state that was awaited in vain; null unless it was not reached.</summary>
    public string? Awaited { get; init; }

    /// <summary>How long it was awaited, in s; null unless it was not reached.</summary>
    public double? WaitedSeconds { get; init; }

    /// <summary>What was seen where it deviates (which buffs, which answers), or why nothing was measured.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>The components at fault, the likelier first; null where it does not fail, or nothing is known of that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Suspects { get; init; }

    /// <summary>Full name of the test that measured.</summary>
    public required string Test { get; init; }

    /// <summary>Files of evidence, relative to the run's folder.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>When it was recorded (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc />
    void IJsonOnDeserialized.OnDeserialized()
    {
        LineRules.Demand(LineRules.IsObjective(Objective), "an objective's id, area.promise in lower case");
        LineRules.Demand(LineRules.IsFigure(Value) && LineRules.IsFigure(Resolution) && LineRules.IsFigure(WaitedSeconds), "figures");
        LineRules.Demand(Observations is null or >= 0, "observations of at least 0");
        LineRules.Demand(WaitedSeconds is null or >= 0, "waitedSeconds of at least 0");
        // Null may not stand in them, nor for them, which their types can't say to the reader.
        LineRules.Demand(Dimensions is { } dimensions && dimensions.Values.All(value => value is not null), "texts as dimensions");
        LineRules.Demand(
            Suspects is null || (Suspects.Count is 1 or 2 && Suspects.All(LineRules.IsComponent)),
            "one or two components as suspects"
        );
        LineRules.Demand(Files is { } files && files.All(file => file is not null), "texts as files");
    }
}

/// <summary>Whether an objective was measured.</summary>
public enum EvidenceOutcome
{
    /// <summary>There is a value.</summary>
    Measured,

    /// <summary>A state that the platform was to come to did not come: it has failed, whatever the limit.</summary>
    NotReached,

    /// <summary>The suite or the machine is at fault, or too little was there to be measured: nothing is said of the platform.</summary>
    NotMeasured,
}

/// <summary>Names of the dimensions of evidence.</summary>
public static class Dimension
{
    /// <summary>Kind of broker: <c>artemis</c>, <c>classic</c>.</summary>
    public const string Broker = "broker";

    /// <summary>Arrangement of the components: <c>single</c>.</summary>
    public const string Topology = "topology";

    /// <summary>Name of the instance that was measured, or that a fault was aimed at.</summary>
    public const string Target = "target";

    /// <summary>What was done to it: <c>kill</c>, <c>freeze</c>, …</summary>
    public const string Fault = "fault";

    /// <summary>The part of a scenario, such as an order or a step.</summary>
    public const string Phase = "phase";
}
