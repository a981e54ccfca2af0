namespace Verification.Cluster.Manifests.Checks;

/// <summary>A changed ConfigMap is a changed pod: what runs is what is configured.</summary>
internal sealed class ConfigurationChangesPods : PodCheck
{
    /// <inheritdoc />
    public override string Name => "configuration-hash";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod.Serves && ConfigMaps(pod) && !pod.Template.TextsAt("metadata", "annotations").Values.Any(value => value.Length == 64)
            ? (
                "mounts a ConfigMap, and runs on with the old one when that changes",
                "put the SHA-256 of the configuration into an annotation of the template"
            )
            : null;

    private static bool ConfigMaps(PodTemplate pod) =>
        pod
            .Spec.ListAt("volumes")
            .Any(volume =>
                volume.At("configMap") is not null
                || volume.ListAt("projected", "sources").Any(source => source.At("configMap") is not null)
            );
}
