namespace Verification.Cluster.Manifests.Checks;

/// <summary>No pod has the network, processes or memory of its node.</summary>
internal sealed class NoHostNamespaces : PodCheck
{
    /// <inheritdoc />
    public override string Name => "no-host-namespaces";

    private static readonly string[] Shared = ["hostNetwork", "hostPID", "hostIPC"];

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        Shared.FirstOrDefault(each => pod.Spec.TextAt(each) == "true") is { } name
            ? ($"has {name} of its node", $"leave {name} out")
            : null;
}
