using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Scaling;

/// <summary>The services of a namespace that autoscalers scale.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="space">The namespace.</param>
public sealed class ScaledServices(IKubernetes cluster, string space)
{
    private const string ServiceLabel = "kubernetes.io/service-name";
    private static readonly TimeSpan LeastWithin = TimeSpan.FromSeconds(120);

    /// <summary>Looks at all of them.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ServiceScale>> LookAsync(CancellationToken cancellationToken)
    {
        var autoscalers = await cluster
            .AutoscalingV2.ListNamespacedHorizontalPodAutoscalerAsync(space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return await Task.WhenAll(autoscalers.Items.Select(autoscaler => LookAsync(autoscaler, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Waits until each has all the pods that it has at least, and no other: a Deployment without a number of its own begins with
    /// one pod.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It is not so within 2 min.</exception>
    public Task AwaitLeastAsync(CancellationToken cancellationToken) =>
        AwaitAsync(
            "each service has the pods that its autoscaler leaves it at least",
            LeastWithin,
            service => service.IsAtLeast,
            cancellationToken
        );

    /// <summary>Waits until something is so of each.</summary>
    /// <param name="state">What is so then.</param>
    /// <param name="within">How long it is awaited.</param>
    /// <param name="isSo">Whether it is so of one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It is not so in time.</exception>
    public async Task AwaitAsync(string state, TimeSpan within, Func<ServiceScale, bool> isSo, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceScale> seen = [];
        await Eventually
            .SeeAsync(
                state,
                within,
                async ct => string.Join("; ", seen = await LookAsync(ct).ConfigureAwait(false)),
                _ => seen.All(isSo),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Who else than an autoscaler has said how many pods a service has, as the API server has noted it.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<string>> OthersWhoSayHowManyAsync(string service, CancellationToken cancellationToken) =>
        ReplicaOwners.BesideAutoscalers(
            (await cluster.AppsV1.ReadNamespacedDeploymentAsync(service, space, cancellationToken: cancellationToken).ConfigureAwait(false))
                .Metadata
                .ManagedFields
        );

    private async Task<ServiceScale> LookAsync(V2HorizontalPodAutoscaler autoscaler, CancellationToken cancellationToken)
    {
        var deployment = await cluster
            .AppsV1.ReadNamespacedDeploymentAsync(autoscaler.Spec.ScaleTargetRef.Name, space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var selector = deployment.PodSelector();
        var pods = await cluster
            .CoreV1.ListNamespacedPodAsync(space, labelSelector: selector, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var slices = await cluster
            .DiscoveryV1.ListNamespacedEndpointSliceAsync(
                space,
                labelSelector: $"{ServiceLabel}={deployment.Name()}",
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        return ServiceScale.Of(autoscaler, deployment, pods.Items, slices.Items);
    }
}
