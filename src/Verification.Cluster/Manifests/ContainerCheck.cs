using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>A rule that each container keeps.</summary>
public abstract class ContainerCheck : ManifestCheck
{
    /// <inheritdoc />
    public sealed override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set
            .Pods.SelectMany(pod => pod.Containers, (pod, container) => (pod, container))
            .Select(each =>
                FaultOf(each.pod, each.container) is var (problem, fix)
                    ? new ManifestFault(each.pod.Owner, $"container {each.container.TextAt("name")} {problem}", fix)
                    : null
            )
            .OfType<ManifestFault>();
    }

    /// <summary>What is wrong with a container and what to do; null where it keeps the rule.</summary>
    protected abstract (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container);
}
