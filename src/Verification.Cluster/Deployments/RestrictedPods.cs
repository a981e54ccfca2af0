using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Verification.Cluster.Deployments;

/// <summary>Whether a namespace refuses pods that ask for more than the profile <c>restricted</c> of the Pod Security Standards allows:
/// each is offered, and would not be kept (dry run).</summary>
public static class RestrictedPods
{
    /// <summary>What is asked for too much, by name.</summary>
    private static readonly (string What, Action<V1Pod> Ask)[] Excesses =
    [
        ("runs as root", pod => pod.Spec.SecurityContext = new V1PodSecurityContext { RunAsUser = 0 }),
        ("is privileged", pod => pod.Spec.Containers[0].SecurityContext = new V1SecurityContext { Privileged = true }),
        ("has the network of its host", pod => pod.Spec.HostNetwork = true),
        (
            "mounts the disk of its host",
            pod =>
                pod.Spec.Volumes = [
                    new V1Volume
                    {
                        Name = "disk",
                        HostPath = new V1HostPathVolumeSource { Path = "/" },
                    },
                ]
        ),
    ];

    /// <summary>How many pods are offered.</summary>
    public static int Count => Excesses.Length;

    /// <summary>Offers them.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each that was taken.</returns>
    public static async Task<IReadOnlyList<string>> TakenAsync(IKubernetes cluster, string space, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var taken = new List<string>();
        foreach (var (what, ask) in Excesses)
        {
            var pod = new V1Pod
            {
                Metadata = new V1ObjectMeta { GenerateName = "offered-" },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "offered", Image = "none" }] },
            };
            ask(pod);
            try
            {
                await cluster
                    .CoreV1.CreateNamespacedPodAsync(pod, space, dryRun: "All", cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
                taken.Add($"namespace {space} takes a pod that {what}: its label pod-security.kubernetes.io/enforce is not restricted");
            }
            catch (HttpOperationException e)
                when (e.Response.StatusCode == HttpStatusCode.Forbidden
                    && e.Response.Content.Contains("PodSecurity", StringComparison.Ordinal)
                )
            {
                // As it should be.
            }
        }

        return taken;
    }
}
