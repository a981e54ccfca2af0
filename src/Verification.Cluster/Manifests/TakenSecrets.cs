namespace Verification.Cluster.Manifests;

/// <summary>The secrets that pods take, as variables or as files.</summary>
internal static class TakenSecrets
{
    /// <summary>Names of those of a pod, each as often as it is taken.</summary>
    public static IEnumerable<string> Of(PodTemplate pod) =>
        pod
            .Containers.SelectMany(container =>
                container
                    .ListAt("env")
                    .Select(variable => variable.TextAt("valueFrom", "secretKeyRef", "name"))
                    .Concat(container.ListAt("envFrom").Select(from => from.TextAt("secretRef", "name")))
            )
            .Concat(
                pod.Spec.ListAt("volumes")
                    .SelectMany(volume =>
                        volume
                            .ListAt("projected", "sources")
                            .Select(source => source.TextAt("secret", "name"))
                            .Append(volume.TextAt("secret", "secretName"))
                    )
            )
            .Where(name => name.Length > 0);
}
