using k8s;
using k8s.Models;

namespace Verification.Cluster.Promotion;

/// <summary>The pods by which writes go to MySQL, its servers and the proxies before them, each with how often it was started.</summary>
public static class ServerPods
{
    private const string Selector = "app.kubernetes.io/part-of=sportbuff,app.kubernetes.io/name in (mysql, haproxy)";

    /// <summary>One phrase for each: name, identity and restarts.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace of the platform.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(IKubernetes cluster, string space, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var pods = await cluster
            .CoreV1.ListNamespacedPodAsync(space, labelSelector: Selector, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. pods.Items.Select(pod =>
                $"{pod.Name()} ({pod.Uid()}), started again {(pod.Status.ContainerStatuses ?? []).Sum(each => each.RestartCount)} times"
            ),
        ];
    }
}
