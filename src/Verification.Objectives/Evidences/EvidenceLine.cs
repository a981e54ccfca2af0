namespace Verification.Objectives;

/// <summary>One recorded measurement of an objective: a line of <c>evidence.jsonl</c>.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Dimensions">What it was measured on: <c>broker</c>, <c>topology</c>, <c>target</c>, …</param>
/// <param name="Value">The measured value in <paramref name="Unit"/>; null when nothing could be measured.</param>
/// <param name="Unit">Unit of the value; must be that of the objective.</param>
/// <param name="Observations">How many observations the value rests on.</param>
/// <param name="Resolution">Smallest difference the measurement can see, in <paramref name="Unit"/>; null where the value is a count.</param>
/// <param name="Reason">Why there is no value (suite or machine at fault), or the diagnosis of what was seen: which buffs, which answer.</param>
/// <param name="Test">Full name of the test that measured.</param>
/// <param name="Files">Files of evidence, relative to the run's folder.</param>
/// <param name="At">When it was recorded (UTC).</param>
public sealed record EvidenceLine(
    string Objective,
    IReadOnlyDictionary<string, string> Dimensions,
    double? Value,
    string Unit,
    long Observations,
    double? Resolution,
    string? Reason,
    string Test,
    IReadOnlyList<string> Files,
    DateTimeOffset At);
