using Verification.Cluster.Deployments;
using Verification.Cluster.Objects;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What is seen of the objects of a deployment, however much of it is deployed.</summary>
internal static class DeploymentChecks
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(30);

    /// <summary>Deploys again, and looks what of the platform is no longer as it was.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="deployed">What there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Measurement> AgainAsync(
        string objective,
        LocalPlatform platform,
        ObjectInventory deployed,
        CancellationToken cancellationToken
    )
    {
        if (await platform.SyncAsync(cancellationToken) is { } refusal)
            return Measurement.OfDeviations(objective, [refusal], deployed.Ours);
        return Measurement.OfDeviations(objective, (await platform.ObjectsAsync(cancellationToken)).ChangedSince(deployed), deployed.Ours);
    }

    /// <summary>Takes the platform away, and looks what is left.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="empty">What there was before it was deployed.</param>
    /// <param name="deployed">What there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Measurement> TakenAwayAsync(
        string objective,
        LocalPlatform platform,
        ObjectInventory empty,
        ObjectInventory deployed,
        CancellationToken cancellationToken
    )
    {
        var made = deployed.NewSince(empty).Count;
        if (await platform.DestroyAsync(cancellationToken) is { } refusal)
            return Measurement.OfDeviations(objective, [refusal], made);
        IReadOnlyList<string> left = [];
        try
        {
            await Eventually.IsTrueAsync(
                "nothing is left",
                GoneWithin,
                async ct => (left = (await platform.ObjectsAsync(ct)).NewSince(empty)).Count == 0,
                cancellationToken
            );
        }
        catch (StateNotSeenException)
        {
            // What is left is told by name.
        }

        return Measurement.OfDeviations(objective, left, made, $"after {GoneWithin.TotalSeconds:0} s there is: ");
    }
}
