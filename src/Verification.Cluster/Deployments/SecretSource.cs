namespace Verification.Cluster.Deployments;

/// <summary>Where the secrets of a platform on a throwaway cluster are fetched from.</summary>
/// <param name="Endpoint">A simulator of AWS, as pods reach it; null where secrets are made in the cluster.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
public sealed record SecretSource(Uri? Endpoint, string? Missing)
{
    /// <summary>Secrets that are made in the cluster.</summary>
    /// <param name="why">Why they are not fetched.</param>
    public static SecretSource None(string why) => new(null, why);
}
