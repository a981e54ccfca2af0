using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary><c>run.json</c>: what was run, on what, with what; written by whoever starts a run, completed when it ends.</summary>
public sealed record RunRecord
{
    /// <summary>Id of the run, sortable by time: <c>20261124-083015-4f2a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Name of the environment (<c>local</c> unless told).</summary>
    public required string Environment { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null while it runs or when it was killed.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Objectives asked for with <c>--only</c>; empty for all of the profile.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>The stages that ran, in order.</summary>
    public required IReadOnlyList<StageRecord> Stages { get; init; }

    /// <summary>Every test that ran.</summary>
    public required IReadOnlyList<TestRecord> Tests { get; init; }

    /// <summary>Commit of this checkout (with <c>-dirty</c>); null outside one.</summary>
    public required string? Commit { get; init; }

    /// <summary>SHA-256 over the names and contents of <c>config/</c>.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>SHA-256 of <c>gates.yaml</c>.</summary>
    public required string GatesSha256 { get; init; }

    /// <summary>SHA-256 of <c>safe-settings.yaml</c>; null where there is none.</summary>
    public string? SafeSettingsSha256 { get; init; }

    /// <summary>Operating system, cores, memory, Docker engine: names and values to show.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>The environment variables that decided beside the command line, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Why the run ended before its end (signal, out of time); null otherwise.</summary>
    public required string? Interrupted { get; init; }

    /// <summary>Ids of the objectives beyond the contract that the system under test promises.</summary>
    public required IReadOnlyList<string> PromisedExtras { get; init; }

    /// <summary>Name of the seeded defect that was run; null for the platform as it is.</summary>
    public string? Mutant { get; init; }

    /// <summary>The platform of a cluster that was looked at, <c>CONTEXT/NAMESPACE</c>; null where stacks of containers were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deployed { get; init; }

    /// <summary>Where charts that are deployed elsewhere were made for other versions than ran, a phrase each; null where nothing was to be
    /// deployed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ChartDifferences { get; init; }

    /// <summary>The services of the previous release, which the release was upgraded from and rolled back to; null or empty where none was
    /// named.</summary>
    public IReadOnlyList<ComponentRecord>? Previous { get; init; }

    /// <summary>What was verified: the images of all stages; a component that ran from two images stands there with both.</summary>
    [JsonIgnore]
    public IReadOnlyList<ComponentRecord> Components =>
        [.. Stages.SelectMany(stage => stage.Components).DistinctBy(component => (component.Role, component.Image, component.Digest))];

    /// <summary>The kinds of broker it was verified on.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Brokers => [.. Stages.Select(stage => stage.Broker).OfType<string>().Distinct()];
}

/// <summary>One image that took part.</summary>
/// <param name="Role">Component: <c>mysql</c>, <c>redis</c>, <c>broker</c>, <c>dashboard</c>, <c>server</c>.</param>
/// <param name="Image">Name and tag.</param>
/// <param name="Digest">Content id of the image (<c>sha256:…</c>).</param>
/// <param name="Version">Version of the software inside, as it says itself.</param>
/// <param name="Source">Where it came from, one phrase for people.</param>
/// <param name="Caveat">Why it may not be what production runs, one phrase; null where nothing speaks against it.</param>
public sealed record ComponentRecord(
    string Role,
    string Image,
    string Digest,
    string Version,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Caveat = null
);

/// <summary>One test that ran.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Stage">Name of the stage that it ran in.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">Wall time, in s.</param>
/// <param name="Objectives">Ids of the objectives it measures.</param>
/// <param name="Message">Failure message or reason of the skip.</param>
public sealed record TestRecord(
    string Name,
    string Stage,
    TestOutcome Outcome,
    double Seconds,
    IReadOnlyList<string> Objectives,
    string? Message
)
{
    /// <summary>How the reason of a skip begins where the profile asks for nothing that the test measures.</summary>
    public const string OtherProfile = "profile: ";

    /// <summary>Whether it is left to other profiles.</summary>
    [JsonIgnore]
    public bool IsOfAnotherProfile => Outcome == TestOutcome.Skipped && Message?.StartsWith(OtherProfile, StringComparison.Ordinal) == true;
}

/// <summary>How a test ended.</summary>
public enum TestOutcome
{
    /// <summary>Green.</summary>
    Passed,

    /// <summary>Red.</summary>
    Failed,

    /// <summary>Skipped, with its reason.</summary>
    Skipped,
}
