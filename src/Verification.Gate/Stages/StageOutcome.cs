using Verification.Objectives;

namespace Verification.Gate.Stages;

/// <summary>What a stage did.</summary>
/// <param name="Record">What it ran on, and how it ended.</param>
/// <param name="Tests">Each test that started.</param>
internal sealed record StageOutcome(StageRecord Record, IReadOnlyList<TestRecord> Tests);
