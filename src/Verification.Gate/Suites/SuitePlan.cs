using Verification.Objectives;

namespace Verification.Gate.Suites;

/// <summary>One test executable to run.</summary>
/// <param name="Name">Name of the suite, in lower case.</param>
/// <param name="Executable">Path of the executable.</param>
/// <param name="Filter">Options that choose the tests.</param>
/// <param name="Budget">Wall time it may take.</param>
/// <param name="Environment">Environment variables on top of the gate's own.</param>
/// <param name="Results">Folder for its log and its result files.</param>
internal sealed record SuitePlan(
    string Name,
    string Executable,
    IReadOnlyList<string> Filter,
    TimeSpan Budget,
    IReadOnlyDictionary<string, string> Environment,
    string Results);

/// <summary>What a suite did.</summary>
/// <param name="Record">How it ended.</param>
/// <param name="Tests">Each test that started.</param>
internal sealed record SuiteOutcome(SuiteRecord Record, IReadOnlyList<TestRecord> Tests);
