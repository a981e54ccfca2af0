namespace Verification.Stack.Settings;

/// <summary>What an instance tells of its settings.</summary>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Values">What it works with, by setting as the component names it; one that it does not tell is not there.</param>
public sealed record EffectiveSettings(string Instance, IReadOnlyDictionary<string, string> Values);
