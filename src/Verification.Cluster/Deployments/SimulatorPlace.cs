namespace Verification.Cluster.Deployments;

/// <summary>Where a platform on a throwaway cluster finds what stands for AWS: secrets are fetched from there, objects backed up to
/// there.</summary>
/// <param name="Endpoint">A simulator of AWS, as pods reach it; null where there is none.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
public sealed record SimulatorPlace(Uri? Endpoint, string? Missing)
{
    /// <summary>No simulator.</summary>
    /// <param name="why">Why there is none.</param>
    public static SimulatorPlace None(string why) => new(null, why);
}
