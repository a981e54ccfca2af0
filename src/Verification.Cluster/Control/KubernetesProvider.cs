using Verification.Stack;
using Verification.Stack.Control;
using Verification.Stack.Sessions;

namespace Verification.Cluster.Control;

/// <summary>Stacks of pods in the cluster that their <c>stack.json</c> names. Whoever attaches reaches them by ports of loopback that end
/// with him.</summary>
public sealed class KubernetesProvider : IStackProvider
{
    /// <inheritdoc />
    public StackProvider Kind => StackProvider.Kubernetes;

    /// <inheritdoc />
    public async Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken)
    {
        var access = ClusterAccess.Open(ClusterOf(description));
        try
        {
            foreach (var space in PlacesOf(description).Select(each => each.Place.Namespace).Distinct(StringComparer.Ordinal))
                await access.RequireRightsAsync(space, cancellationToken).ConfigureAwait(false);
            return new KubernetesControl(access.Client);
        }
        catch
        {
            access.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> DifferencesAsync(StackDescription description, CancellationToken cancellationToken)
    {
        using var access = ClusterAccess.Open(ClusterOf(description));
        var finder = new PodFinder(access.Client);
        var running = new List<(StackInstance, IReadOnlyList<string>)>();
        // What only looks at the platform is none of what a verdict binds.
        foreach (var (instance, place) in PlacesOf(description).Where(each => IsOfContract(each.Instance.Role)))
        {
            var pods = await access
                .AskAsync($"list the pods of namespace {place.Namespace}", _ => finder.ListAsync(place, cancellationToken))
                .ConfigureAwait(false);
            running.AddRange(PodImage.OfAll(pods).Select(image => (instance, (IReadOnlyList<string>)[image.Digest])));
        }

        return RunningImages.Differences(description, running);
    }

    private static IEnumerable<(StackInstance Instance, PodPlace Place)> PlacesOf(StackDescription description) =>
        description.Instances.Select(instance => (instance, PodPlace.Parse(instance.Control)));

    private static bool IsOfContract(Role role) => Enum.GetValues<InstanceRole>().Any(each => role == each);

    private static ClusterAddress ClusterOf(StackDescription description) =>
        description.Cluster
        ?? throw new StackNotFoundException(
            $"the description of the stack {description.Run} does not say in which cluster it runs ('cluster'): write it anew with ./verify attach."
        );
}
