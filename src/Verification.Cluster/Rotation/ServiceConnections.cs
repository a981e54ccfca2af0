using k8s;
using k8s.Models;
using Verification.Cluster.Control;

namespace Verification.Cluster.Rotation;

/// <summary>The connections to MySQL that a service has. They come by the proxies, and none of them tells of whose pod it is.</summary>
/// <param name="Pods">How many pods the service has that are ready.</param>
/// <param name="Ids">Numbers of the connections.</param>
public sealed record ServiceConnections(int Pods, IReadOnlyList<long> Ids)
{
    /// <summary>Those of a service.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="service">Name of the service, as its pods are labelled.</param>
    /// <param name="proxy">Name of what leads it to MySQL, as its pods are labelled.</param>
    /// <param name="account">The account by which it connects.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ServiceConnections> OfAsync(
        IKubernetes cluster,
        string space,
        string service,
        string proxy,
        MySqlAccount account,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        var connections = await account.ConnectionsAsync(cancellationToken).ConfigureAwait(false);
        var pods = await ReadyAsync(service).ConfigureAwait(false);
        var proxies = await ReadyAsync(proxy).ConfigureAwait(false);
        return new ServiceConnections(
            pods.Count,
            [
                .. connections
                    .Where(connection => proxies.Exists(pod => IsOf(connection, pod.Status.PodIP)))
                    .Select(connection => connection.Id),
            ]
        );

        async Task<List<V1Pod>> ReadyAsync(string name) =>
            [
                .. (
                    await cluster
                        .CoreV1.ListNamespacedPodAsync(
                            space,
                            labelSelector: $"app.kubernetes.io/name={name}",
                            cancellationToken: cancellationToken
                        )
                        .ConfigureAwait(false)
                ).Items.Where(pod => pod.Metadata.DeletionTimestamp is null && pod.IsReady()),
            ];
    }

    /// <summary>Whether there is one for each pod at the least, and all of them were opened after another one.</summary>
    /// <param name="id">Number of the other.</param>
    public bool AreYoungerThan(long id) => Pods > 0 && Ids.Count >= Pods && Ids.All(own => own > id);

    /// <summary>MySQL asks the cluster's DNS for the name of an address, which is 10-1-2-3.haproxy.… of 10.1.2.3.</summary>
    private static bool IsOf(DatabaseConnection connection, string address) =>
        connection.From == address || connection.From.StartsWith($"{address.Replace('.', '-')}.", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Pods} pods have the connections {string.Join(", ", Ids)}";
}
