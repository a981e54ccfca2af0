namespace Verification.Cluster.Admission;

/// <summary>What <c>charts/admission</c> calls its objects for a namespace of the platform.</summary>
/// <param name="Platform">Namespace of the platform.</param>
public sealed record AdmissionNames(string Platform)
{
    /// <summary>The ConfigMap that lists the admitted images.</summary>
    public const string List = "admitted-images";

    /// <summary>The service account that writes it.</summary>
    public const string Recorder = "recorder";

    /// <summary>The namespace of both.</summary>
    public string Space => $"{Platform}-admission";

    /// <summary>The policy by which only what is listed runs, and its binding.</summary>
    public string Images => $"{Platform}-admitted-images";

    /// <summary>The policy that guards the list, and its binding.</summary>
    public string Guard => $"{Platform}-admission-guard";

    /// <summary>The names for a namespace.</summary>
    public static AdmissionNames Of(string platform) => new(platform);
}
