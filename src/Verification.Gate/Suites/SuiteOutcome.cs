using Verification.Objectives;

namespace Verification.Gate.Suites;

/// <summary>What a test executable did.</summary>
/// <param name="ExitCode">Its exit code; null when it was ended.</param>
/// <param name="Seconds">Wall time, in s.</param>
/// <param name="Reason">Why it did not end by itself, if so.</param>
/// <param name="Errors">What went wrong outside any test.</param>
/// <param name="Tests">Each test that started.</param>
internal sealed record SuiteOutcome(
    int? ExitCode,
    double Seconds,
    string? Reason,
    IReadOnlyList<string> Errors,
    IReadOnlyList<TestRecord> Tests
);
