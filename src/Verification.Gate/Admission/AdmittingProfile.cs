namespace Verification.Gate.Admission;

/// <summary>The profiles whose verdict admits a release, each asking more than the one before it.</summary>
internal static class AdmittingProfile
{
    /// <summary>Their names, the least first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["pr", "nightly", "release"];

    /// <summary>Whether a profile asks at least as much as another. One of a team's own stands for none of these.</summary>
    /// <param name="profile">The profile of a verdict.</param>
    /// <param name="required">The profile that is required; of <see cref="Names"/>.</param>
    public static bool IsAtLeast(string profile, string required) => Names.SkipWhile(name => name != required).Contains(profile);
}
