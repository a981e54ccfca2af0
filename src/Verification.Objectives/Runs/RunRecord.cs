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

    /// <summary>Kind of broker: <c>artemis</c> or <c>classic</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null while it runs or when it was killed.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Objectives asked for with <c>--only</c>; empty for all of the profile.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>What this machine and stack can do, for <see cref="Objective.Needs"/>.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>What was verified; empty where nothing came up.</summary>
    public required IReadOnlyList<ComponentRecord> Components { get; init; }

    /// <summary>The test assemblies that ran.</summary>
    public required IReadOnlyList<SuiteRecord> Suites { get; init; }

    /// <summary>Every test that ran.</summary>
    public required IReadOnlyList<TestRecord> Tests { get; init; }

    /// <summary>Commit of this checkout (with <c>-dirty</c>); null outside one.</summary>
    public required string? Commit { get; init; }

    /// <summary>SHA-256 over the names and contents of <c>config/</c>.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>SHA-256 of <c>gates.yaml</c>.</summary>
    public required string GatesSha256 { get; init; }

    /// <summary>Operating system, cores, memory, Docker engine: names and values to show.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>Why the run ended before its end (signal, out of time); null otherwise.</summary>
    public required string? Interrupted { get; init; }

    /// <summary>Ids of the objectives beyond the contract that the system under test promises.</summary>
    public required IReadOnlyList<string> PromisedExtras { get; init; }

    /// <summary>Name of the seeded defect that was run; null for the platform as it is.</summary>
    public string? Mutant { get; init; }

    /// <summary>The services of the previous release, which the release was upgraded from and rolled back to; null or empty where none was named.</summary>
    public IReadOnlyList<ComponentRecord>? Previous { get; init; }
}

/// <summary>One image that took part.</summary>
/// <param name="Role">Component: <c>mysql</c>, <c>redis</c>, <c>broker</c>, <c>dashboard</c>, <c>server</c>.</param>
/// <param name="Image">Name and tag.</param>
/// <param name="Digest">Content id of the image (<c>sha256:…</c>).</param>
/// <param name="Version">Version of the software inside, as it says itself.</param>
/// <param name="Source">Where it came from, one phrase for people.</param>
/// <param name="Caveat">Why it may not be what production runs, one phrase; null where nothing speaks against it.</param>
public sealed record ComponentRecord(
    string Role, string Image, string Digest, string Version, string Source, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Caveat = null);

/// <summary>One test assembly that ran.</summary>
/// <param name="Name">Name in lower case, for example <c>integration</c>.</param>
/// <param name="ExitCode">Exit code of its process; null when it was ended.</param>
/// <param name="Seconds">Wall time, in s.</param>
/// <param name="Reason">Why it did not end by itself, if so.</param>
/// <param name="Errors">What failed outside any test: a fixture, a clean-up; null or empty where nothing did.</param>
public sealed record SuiteRecord(string Name, int? ExitCode, double Seconds, string? Reason, IReadOnlyList<string>? Errors = null);

/// <summary>One test that ran.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Suite">Its assembly's name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">Wall time, in s.</param>
/// <param name="Objectives">Ids of the objectives it measures.</param>
/// <param name="Message">Failure message or reason of the skip.</param>
public sealed record TestRecord(
    string Name,
    string Suite,
    TestOutcome Outcome,
    double Seconds,
    IReadOnlyList<string> Objectives,
    string? Message);

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
