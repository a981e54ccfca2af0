using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Watching;
using Verification.Stack.Control;

namespace Verification.Cluster.Attaching;

/// <summary>The pods of what watches a platform: of Prometheus and of Alertmanager, labelled as their operator does, one of each.</summary>
/// <param name="access">The cluster.</param>
internal sealed class WatchingPods(ClusterAccess access)
{
    private static readonly Role[] Roles = [WatchingRole.Prometheus, WatchingRole.Alertmanager];

    /// <summary>Finds them.</summary>
    /// <returns>One of each; none where one of them is missing, or this user may not look there.</returns>
    public async Task<IReadOnlyList<StackInstance>> FindAsync(string space, CancellationToken cancellationToken)
    {
        try
        {
            await access.RequireRightsAsync(space, cancellationToken).ConfigureAwait(false);
        }
        catch (StackUnreachableException)
        {
            // Who may see the platform alone sees that.
            return [];
        }

        var found = new List<StackInstance>();
        foreach (var role in Roles)
        {
            var pods = await access
                .AskAsync(
                    $"list pods in namespace {space}",
                    client =>
                        client.CoreV1.ListNamespacedPodAsync(
                            space,
                            labelSelector: $"app.kubernetes.io/name={role}",
                            cancellationToken: cancellationToken
                        )
                )
                .ConfigureAwait(false);
            if (pods.Items.Where(pod => pod.IsReady()).Select(pod => pod.Name()).Order(StringComparer.Ordinal).ToList() is [var pod, ..])
                found.Add(
                    new StackInstance(
                        role.Name,
                        role,
                        $"{new PodPlace(space, PodPlace.Pod, pod)}",
                        ComponentList
                            .All.Single(component => component.Role == role)
                            .Ports.ToDictionary(port => $"{port}", _ => StackInstance.NotOpened),
                        string.Empty
                    )
                );
        }

        return found.Count == Roles.Length ? found : [];
    }
}
