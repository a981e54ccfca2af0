using k8s;
using k8s.Models;

namespace Verification.Cluster.Control;

/// <summary>Finds the pod that an instance is now.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class PodFinder(IKubernetes cluster)
{
    /// <summary>The pod; of a Deployment, one that is ready, else any.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<V1Pod> FindAsync(PodPlace place, CancellationToken cancellationToken)
    {
        var pods = await ListAsync(place, cancellationToken).ConfigureAwait(false);
        return pods.OrderByDescending(pod => pod.IsReady()).FirstOrDefault()
            ?? throw new InvalidOperationException($"{place} has no pod now.");
    }

    /// <summary>All its pods but those that are going.</summary>
    public async Task<IReadOnlyList<V1Pod>> ListAsync(PodPlace place, CancellationToken cancellationToken) =>
        [
            .. (
                await cluster
                    .CoreV1.ListNamespacedPodAsync(
                        place.Namespace,
                        labelSelector: await SelectorAsync(place, cancellationToken).ConfigureAwait(false),
                        cancellationToken: cancellationToken
                    )
                    .ConfigureAwait(false)
            )
                .Items.Where(pod => place.Kind == PodPlace.Deployment || pod.Name() == place.Name)
                .Where(pod => pod.Metadata.DeletionTimestamp is null),
        ];

    private async Task<string?> SelectorAsync(PodPlace place, CancellationToken cancellationToken)
    {
        if (place.Kind == PodPlace.Pod)
            return null;
        var deployment = await cluster
            .AppsV1.ReadNamespacedDeploymentAsync(place.Name, place.Namespace, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return deployment.PodSelector();
    }
}
