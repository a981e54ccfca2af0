using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Deployments;

/// <summary>A rolling restart of a Deployment, as <c>kubectl rollout restart</c> asks for it.</summary>
public static class Rollout
{
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(180);

    /// <summary>Restarts it, and waits until only new pods are there and all of them are ready.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It is not done within 3 min.</exception>
    public static async Task RestartAsync(IKubernetes cluster, string space, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var before = await PodsAsync(cluster, space, name, cancellationToken).ConfigureAwait(false);
        // As kubectl does: a template that differs in its annotation alone. An autoscaler may write the object meanwhile.
        var annotation = new JsonObject
        {
            ["kubectl.kubernetes.io/restartedAt"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        };
        var patch = new JsonObject
        {
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotation } } },
        };
        await cluster
            .AppsV1.PatchNamespacedDeploymentAsync(
                new V1Patch(patch.ToJsonString(), V1Patch.PatchType.StrategicMergePatch),
                name,
                space,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        await Eventually
            .IsTrueAsync(
                $"{name} runs in new pods alone",
                DoneWithin,
                async ct =>
                {
                    var now = await PodsAsync(cluster, space, name, ct).ConfigureAwait(false);
                    return now.Count > 0 && now.All(pod => before.All(old => old.Uid() != pod.Uid()) && pod.IsReady());
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static async Task<IList<V1Pod>> PodsAsync(IKubernetes cluster, string space, string name, CancellationToken cancellationToken)
    {
        var deployment = await cluster
            .AppsV1.ReadNamespacedDeploymentAsync(name, space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var selector = deployment.PodSelector();
        return (
            await cluster
                .CoreV1.ListNamespacedPodAsync(space, labelSelector: selector, cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        ).Items;
    }
}
