namespace Verification.Gate.Repeating;

/// <summary>How often scenarios are tried.</summary>
/// <param name="Times">How often each; null for until one fails.</param>
/// <param name="UntilFail">Whether the first that fails is the last.</param>
/// <param name="Resume">Whether what was decided before on the same content counts.</param>
/// <param name="Seed">Draws the order of each round.</param>
internal sealed record RepeatOptions(int? Times, bool UntilFail, bool Resume, int Seed);
