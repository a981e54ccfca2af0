namespace Verification.Cluster.Manifests.Checks;

/// <summary>No pod mounts the disk of its node.</summary>
internal sealed class NoHostPaths : PodCheck
{
    /// <inheritdoc />
    public override string Name => "no-host-path";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Spec.ListAt("volumes").FirstOrDefault(volume => volume.At("hostPath") is not null) is { } volume
            ? ($"mounts {volume.TextAt("hostPath", "path")} of its node", "use a claim, a ConfigMap or an emptyDir")
            : null;
}
