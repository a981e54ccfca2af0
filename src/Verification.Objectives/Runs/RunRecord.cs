using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary><c>run.json</c>: what was run, on what, with what; written by whoever starts a run, completed when it ends.</summary>
/// <param name="Id">Id of the run, sortable by time: <c>20261124-083015-4f2a</c>.</param>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Environment">Name of the environment (<c>local</c> unless told).</param>
/// <param name="Broker">Kind of broker: <c>artemis</c> or <c>classic</c>.</param>
/// <param name="Command">The command line that repeats it.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="EndedAt">UTC; null while it runs or when it was killed.</param>
/// <param name="Only">Objectives asked for with <c>--only</c>; empty for all of the profile.</param>
/// <param name="Capabilities">What this machine and stack can do, for <see cref="Objective.Needs"/>.</param>
/// <param name="Components">What was verified; empty where nothing came up.</param>
/// <param name="Suites">The test assemblies that ran.</param>
/// <param name="Tests">Every test that ran.</param>
/// <param name="Commit">Commit of this checkout (with <c>-dirty</c>); null outside one.</param>
/// <param name="ConfigSha256">SHA-256 over the names and contents of <c>config/</c>.</param>
/// <param name="GatesSha256">SHA-256 of <c>gates.yaml</c>.</param>
/// <param name="Machine">Operating system, cores, memory, Docker engine: names and values to show.</param>
/// <param name="Interrupted">Why the run ended before its end (signal, out of time); null otherwise.</param>
/// <param name="PromisedExtras">Ids of the objectives beyond the contract that the system under test promises.</param>
/// <param name="Mutant">Name of the seeded defect that was run; null for the platform as it is.</param>
/// <param name="Previous">The services of the previous release, which the release was upgraded from and rolled back to; null or empty where none was named.</param>
public sealed record RunRecord(
    string Id,
    string Profile,
    string Environment,
    string Broker,
    string Command,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<ComponentRecord> Components,
    IReadOnlyList<SuiteRecord> Suites,
    IReadOnlyList<TestRecord> Tests,
    string? Commit,
    string ConfigSha256,
    string GatesSha256,
    IReadOnlyDictionary<string, string> Machine,
    string? Interrupted,
    IReadOnlyList<string> PromisedExtras,
    string? Mutant = null,
    IReadOnlyList<ComponentRecord>? Previous = null);

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
