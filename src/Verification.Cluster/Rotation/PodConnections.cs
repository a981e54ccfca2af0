using k8s;
using Verification.Cluster.Control;

namespace Verification.Cluster.Rotation;

/// <summary>The connections to MySQL that a pod has.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Ids">Their numbers.</param>
public sealed record PodConnections(string Pod, IReadOnlyList<long> Ids)
{
    /// <summary>Those of each pod of a service that is ready.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="service">Name of the service, as its pods are labelled.</param>
    /// <param name="account">The account by which they connect.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<PodConnections>> OfAsync(
        IKubernetes cluster,
        string space,
        string service,
        MySqlAccount account,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(account);
        var connections = await account.ConnectionsAsync(cancellationToken).ConfigureAwait(false);
        var pods = await cluster
            .CoreV1.ListNamespacedPodAsync(space, labelSelector: $"app.kubernetes.io/name={service}", cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. pods
                .Items.Where(pod => pod.Metadata.DeletionTimestamp is null && pod.IsReady())
                .Select(pod => new PodConnections(
                    pod.Metadata.Name,
                    [.. connections.Where(connection => IsOf(connection, pod.Status.PodIP)).Select(connection => connection.Id)]
                )),
        ];
    }

    /// <summary>Whether it has connections, and all of them were opened after another one.</summary>
    /// <param name="id">Number of the other.</param>
    public bool AreYoungerThan(long id) => Ids.Count > 0 && Ids.All(own => own > id);

    /// <summary>MySQL asks the cluster's DNS for the name of an address, which is 10-1-2-3.server.… of 10.1.2.3.</summary>
    private static bool IsOf(DatabaseConnection connection, string address) =>
        connection.From == address || connection.From.StartsWith($"{address.Replace('.', '-')}.", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Pod} has the connections {string.Join(", ", Ids)}";
}
