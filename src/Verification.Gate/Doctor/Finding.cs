namespace Verification.Gate.Doctor;

/// <summary>One thing that the suite needs or can use.</summary>
/// <param name="What">Its name.</param>
/// <param name="Ok">Whether it is there.</param>
/// <param name="Needed">Whether a gate can't run without it.</param>
/// <param name="Seen">What was found.</param>
/// <param name="Advice">What to do where it is missing.</param>
internal sealed record Finding(string What, bool Ok, bool Needed, string Seen, string Advice);
