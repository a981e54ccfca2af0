namespace Verification.Gate.Admission;

/// <summary>What a user asks of <c>verify admit</c>.</summary>
/// <param name="Verdict">A verdict.json, or the folder of its run, to look at alone; null for all of <paramref name="Runs"/>.</param>
/// <param name="Runs">The folder of the stored runs.</param>
/// <param name="Gates">Path of the objectives.</param>
/// <param name="Sut">Path of the description of the system under test.</param>
/// <param name="Images">Images that the user named, by component.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="MaxAge">How long ago the run may have ended.</param>
internal sealed record AdmissionOptions(
    string? Verdict,
    string Runs,
    string Gates,
    string Sut,
    IReadOnlyDictionary<string, string> Images,
    string Environment,
    TimeSpan MaxAge
)
{
    /// <summary>The file that names what is deployed; its verdicts come from the registry of its images. Null for what this engine
    /// has.</summary>
    public string? Deployed { get; init; }

    /// <summary>File of the public key that must have signed the verdict; null where none is asked for.</summary>
    public string? Key { get; init; }

    /// <summary>The least of <see cref="AdmittingProfile.Names"/> whose verdict admits; null for any profile.</summary>
    public string? Require { get; init; }

    /// <summary>The cluster whose history of releases is asked and gets one more; null for none.</summary>
    public ClusterPlace? History { get; init; }

    /// <summary>Whether the cluster of <see cref="History"/> must demand verdicts itself (<c>charts/admission</c>).</summary>
    public bool Enforced { get; init; }

    /// <summary>Why the release is let through whatever verdict there is; null where a verdict must admit it.</summary>
    public string? Override { get; init; }

    /// <summary>Where what is admitted is put on the list of admitted images; null for nowhere.</summary>
    public ClusterPlace? Record { get; init; }
}

/// <summary>Where a platform runs.</summary>
/// <param name="Context">Context of kubectl whose user may do what is asked for.</param>
/// <param name="Namespace">Namespace of the platform.</param>
internal sealed record ClusterPlace(string Context, string Namespace);
