namespace Verification.Stack.Sessions;

/// <summary>What a test has measured of an objective.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Value">The value, in the objective's unit; null if nothing could be measured.</param>
/// <param name="Observations">On how many observations it rests.</param>
/// <param name="Diagnosis">What was seen, if it deviates.</param>
/// <param name="Resolution">Smallest difference the measurement can see; null for counts.</param>
/// <param name="Target">Role of the instance a fault was aimed at.</param>
public sealed record Measurement(string Objective, double? Value, long Observations, string? Diagnosis = null, double? Resolution = null, string? Target = null);
