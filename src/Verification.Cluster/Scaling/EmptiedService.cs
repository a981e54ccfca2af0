using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Scaling;

/// <summary>A service that has no pods, until this is disposed: then it has those that it had, and they serve. An autoscaler leaves a
/// service alone that was scaled to none.</summary>
public sealed class EmptiedService : IAsyncDisposable
{
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(120);
    private readonly IKubernetes cluster;
    private readonly string space;
    private readonly string service;
    private readonly int replicas;

    private EmptiedService(IKubernetes cluster, string space, string service, int replicas) =>
        (this.cluster, this.space, this.service, this.replicas) = (cluster, space, service, replicas);

    /// <summary>Scales a service to none; its pods end by and by.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="service">Name of its Deployment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<EmptiedService> EmptyAsync(
        IKubernetes cluster,
        string space,
        string service,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var scale = await cluster
            .AppsV1.ReadNamespacedDeploymentScaleAsync(service, space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var emptied = new EmptiedService(cluster, space, service, scale.Spec.Replicas ?? 1);
        await emptied.ScaleAsync(0, cancellationToken).ConfigureAwait(false);
        return emptied;
    }

    /// <inheritdoc />
    /// <exception cref="StateNotSeenException">Its pods do not serve within 2 min.</exception>
    public async ValueTask DisposeAsync()
    {
        await ScaleAsync(replicas, CancellationToken.None).ConfigureAwait(false);
        await Eventually
            .IsTrueAsync(
                $"{service} has its pods again",
                BackWithin,
                async ct =>
                    (await cluster.AppsV1.ReadNamespacedDeploymentAsync(service, space, cancellationToken: ct).ConfigureAwait(false))
                        .Status
                        .ReadyReplicas >= replicas,
                CancellationToken.None
            )
            .ConfigureAwait(false);
    }

    private Task ScaleAsync(int count, CancellationToken cancellationToken) =>
        cluster.AppsV1.PatchNamespacedDeploymentScaleAsync(
            new V1Patch(new JsonObject { ["spec"] = new JsonObject { ["replicas"] = count } }, V1Patch.PatchType.MergePatch),
            service,
            space,
            cancellationToken: cancellationToken
        );
}
