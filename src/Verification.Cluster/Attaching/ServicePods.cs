using k8s.Models;
using Verification.Cluster.Control;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Cluster.Attaching;

/// <summary>The pods of a service of a stack in a cluster, of which the stack has one instance, however many pods there are.</summary>
public static class ServicePods
{
    /// <summary>Names of those that are ready now.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="role">The service.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    /// <exception cref="StackNotFoundException">The stack is in no cluster, or its context is not there any more.</exception>
    public static async Task<IReadOnlyList<string>> ReadyAsync(StackDescription stack, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        using var access = ClusterAccess.Open(
            stack.Cluster
                ?? throw new StackNotFoundException($"the stack {stack.Run} runs in no cluster, so there are no pods of its {role}.")
        );
        var finder = new PodFinder(access.Client);
        var ready = new List<string>();
        foreach (var place in stack.Instances.Where(instance => instance.Role == role).Select(each => PodPlace.Parse(each.Control)))
        {
            var pods = await access
                .AskAsync($"list pods in namespace {place.Namespace}", _ => finder.ListAsync(place, cancellationToken))
                .ConfigureAwait(false);
            ready.AddRange(pods.Where(pod => pod.IsReady()).Select(pod => pod.Name()));
        }

        return ready;
    }
}
