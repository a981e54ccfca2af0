using Verification.Gate.Attesting;
using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Gate.Admission;

/// <summary>What is to be admitted: a stored verdict must be about exactly this.</summary>
/// <param name="Gates">Objectives and waivers as they are now.</param>
/// <param name="ConfigSha256">SHA-256 over <c>config/</c> as it is now.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Extras">What the system under test promises beyond the contract.</param>
/// <param name="Images">The image of each component that the engine has.</param>
/// <param name="Named">Images that were named (<c>--image</c>, <c>--sut</c>), by component.</param>
/// <param name="MaxAge">How long ago the run may have ended.</param>
/// <param name="Now">The time of the question.</param>
internal sealed record WantedRelease(
    Gates Gates,
    string ConfigSha256,
    string Environment,
    IReadOnlyList<string> Extras,
    IReadOnlyDictionary<string, ComponentImage> Images,
    IReadOnlyDictionary<string, string> Named,
    TimeSpan MaxAge,
    DateTimeOffset Now
)
{
    /// <summary>SHA-256 of <c>safe-settings.yaml</c> as it is now; null where there is none.</summary>
    public string? SafeSettingsSha256 { get; init; }

    /// <summary>The least of <see cref="AdmittingProfile.Names"/> whose verdict admits; null for any profile.</summary>
    public string? Require { get; init; }

    /// <summary>The file that names all images that are deployed: what a run has not published is none of them. Null for what an engine
    /// has.</summary>
    public string? Deployed { get; init; }

    /// <summary>When the cluster has recorded that a verdict admitted just this: from then on neither the verdict's age counts nor the end
    /// of a waiver. Null where it has not.</summary>
    public DateTimeOffset? Recorded { get; init; }

    /// <summary>The key that must have signed the verdict; null where none is asked for.</summary>
    public VerifyingKey? Key { get; init; }
}
