using System.Globalization;
using k8s;
using k8s.Models;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Policies;

/// <summary>A pod that does nothing but try whom it reaches; it goes when it is disposed.</summary>
public sealed class ProbePod : IAsyncDisposable
{
    private const string Container = "probe";

    /// <summary>What is held back is dropped, and not refused: after so long nothing comes any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RunsWithin = TimeSpan.FromSeconds(60);
    private readonly IKubernetes cluster;
    private readonly string space;

    private ProbePod(IKubernetes cluster, string space, string name) => (this.cluster, this.space, Name) = (cluster, space, name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Starts one.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="image">An image with bash and coreutils that the node has.</param>
    /// <param name="labels">Its labels, by which policies know it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It does not run within a minute.</exception>
    public static async Task<ProbePod> StartAsync(
        IKubernetes cluster,
        string space,
        string name,
        string image,
        IDictionary<string, string> labels,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var container = new V1Container
        {
            Name = Container,
            Image = image,
            Command = ["sleep", "infinity"],
            SecurityContext = new V1SecurityContext
            {
                AllowPrivilegeEscalation = false,
                Capabilities = new V1Capabilities { Drop = ["ALL"] },
            },
        };
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = name, Labels = labels },
            Spec = new V1PodSpec
            {
                Containers = [container],
                AutomountServiceAccountToken = false,
                TerminationGracePeriodSeconds = 0,
                SecurityContext = new V1PodSecurityContext
                {
                    RunAsNonRoot = true,
                    RunAsUser = 65534,
                    SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
                },
            },
        };
        await cluster.CoreV1.CreateNamespacedPodAsync(pod, space, cancellationToken: cancellationToken).ConfigureAwait(false);
        var probe = new ProbePod(cluster, space, name);
        await Eventually
            .IsTrueAsync(
                $"pod {name} runs",
                RunsWithin,
                async ct =>
                    (await cluster.CoreV1.ReadNamespacedPodAsync(name, space, cancellationToken: ct).ConfigureAwait(false)).Status.Phase
                    == "Running",
                cancellationToken
            )
            .ConfigureAwait(false);
        return probe;
    }

    /// <summary>Tries to connect.</summary>
    /// <param name="address">The address of a pod.</param>
    /// <param name="port">Its port.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it reached it within 3 s.</returns>
    public async Task<bool> ReachesAsync(string address, int port, CancellationToken cancellationToken) =>
        await cluster
            .NamespacedPodExecAsync(
                Name,
                space,
                Container,
                [
                    "timeout",
                    Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                    "bash",
                    "-c",
                    string.Create(CultureInfo.InvariantCulture, $"exec 3<>/dev/tcp/{address}/{port}"),
                ],
                tty: false,
                (_, _, _) => Task.CompletedTask,
                cancellationToken
            )
            .ConfigureAwait(false) == 0;

    /// <inheritdoc />
    public async ValueTask DisposeAsync() =>
        await cluster.CoreV1.DeleteNamespacedPodAsync(Name, space, gracePeriodSeconds: 0).ConfigureAwait(false);
}
