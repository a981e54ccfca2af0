using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>One stage that ran: what on, what with, and how it ended.</summary>
public sealed record StageRecord
{
    /// <summary>Its name, which names its files: <c>integration-artemis-single</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its test assembly in lower case, for example <c>integration</c>.</summary>
    public required string Suite { get; init; }

    /// <summary>Kind of broker: <c>artemis</c> or <c>classic</c>; null for a suite that needs no platform.</summary>
    public required string? Broker { get; init; }

    /// <summary>Arrangement of the components; null for a suite that needs no platform.</summary>
    public required string? Topology { get; init; }

    /// <summary>What it was asked for, of what the run was; null for all of that. What else its tests measure of their own objectives
    /// decides nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>Exit code of its process; null when it was ended.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Wall time, in s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why it did not end by itself, if so.</summary>
    public required string? Reason { get; init; }

    /// <summary>What went wrong outside any test: a fixture or a clean-up failed, a file of the project changed meanwhile; null or empty
    /// where nothing did. It keeps a run from passing.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>What its stack and this machine can do, for <see cref="Objective.Needs"/>.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The images of its stack, as its <c>stack.json</c> says; those that it was to be started from where it did not come
    /// up.</summary>
    public required IReadOnlyList<ComponentRecord> Components { get; init; }

    /// <summary>A stage that has not begun.</summary>
    public static StageRecord Of(Stage stage) =>
        new()
        {
            Name = stage.Name,
            Suite = stage.Suite,
            Broker = stage.Broker,
            Topology = stage.Topology,
            ExitCode = null,
            Seconds = 0,
            Reason = null,
            Capabilities = [],
            Components = [],
        };
}
