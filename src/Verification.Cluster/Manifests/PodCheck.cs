namespace Verification.Cluster.Manifests;

/// <summary>A rule that each template of pods keeps.</summary>
public abstract class PodCheck : ManifestCheck
{
    /// <inheritdoc />
    public sealed override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set
            .Pods.Select(pod => FaultOf(pod, set) is var (problem, fix) ? new ManifestFault(pod.Owner, problem, fix) : null)
            .OfType<ManifestFault>();
    }

    /// <summary>What is wrong with pods and what to do; null where they keep the rule.</summary>
    protected abstract (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set);
}
