using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Objectives;

namespace Verification.Cluster.Admission;

/// <summary>What is offered to a cluster that admits only listed images; nothing of it would be kept (dry run).</summary>
public static class AdmissionOffers
{
    private const string Platform = AdmissionTrial.Platform;
    private const string DryRun = "All";
    private const string Command = "./verify admit ";
    private static readonly AdmissionNames Names = AdmissionNames.Of(Platform);

    /// <summary>The ways to have an image run, by name.</summary>
    private static readonly (string What, Func<IKubernetes, string, string, CancellationToken, Task> Offer)[] Ways =
    [
        ("a bare pod", (client, image, _, ct) => PodAsync(client, image, ct)),
        (
            "a container that runs before the others",
            (client, image, admitted, ct) =>
                client.CoreV1.CreateNamespacedPodAsync(
                    Pod(admitted, pod => pod.Spec.InitContainers = [Container(image, "first")]),
                    Platform,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "kubectl set image",
            (client, image, _, ct) =>
                client.AppsV1.PatchNamespacedDeploymentAsync(ImagePatch(image), "web", Platform, dryRun: DryRun, cancellationToken: ct)
        ),
        (
            "a job",
            (client, image, _, ct) =>
                client.BatchV1.CreateNamespacedJobAsync(
                    new V1Job
                    {
                        Metadata = Named("offered"),
                        Spec = new V1JobSpec { Template = Template(image, "Never") },
                    },
                    Platform,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "a cron job",
            (client, image, _, ct) =>
                client.BatchV1.CreateNamespacedCronJobAsync(
                    new V1CronJob
                    {
                        Metadata = Named("offered"),
                        Spec = new V1CronJobSpec
                        {
                            Schedule = "* * * * *",
                            JobTemplate = new V1JobTemplateSpec { Spec = new V1JobSpec { Template = Template(image, "Never") } },
                        },
                    },
                    Platform,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        ("an ephemeral container", (client, image, _, ct) => EphemeralAsync(client, image, ct)),
    ];

    /// <summary>The ways to get at the list, by name.</summary>
    private static readonly (string What, Func<IKubernetes, CancellationToken, Task> Attempt)[] Attempts =
    [
        (
            "write the list",
            (client, ct) =>
                client.CoreV1.PatchNamespacedConfigMapAsync(
                    Patch($$$"""{"data": {"sha256-{{{new string('1', 64)}}}": "me"}}"""),
                    AdmissionNames.List,
                    Names.Space,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "empty the list",
            (client, ct) =>
                client.CoreV1.PatchNamespacedConfigMapAsync(
                    Patch("""{"data": null}"""),
                    AdmissionNames.List,
                    Names.Space,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "delete the list",
            (client, ct) =>
                client.CoreV1.DeleteNamespacedConfigMapAsync(AdmissionNames.List, Names.Space, dryRun: DryRun, cancellationToken: ct)
        ),
        (
            "delete all lists at once",
            (client, ct) => client.CoreV1.DeleteCollectionNamespacedConfigMapAsync(Names.Space, dryRun: DryRun, cancellationToken: ct)
        ),
        (
            "delete the namespace of the list",
            (client, ct) => client.CoreV1.DeleteNamespaceAsync(Names.Space, dryRun: DryRun, cancellationToken: ct)
        ),
        (
            "have a token of the account that writes the list",
            (client, ct) =>
                client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
                    new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [] } },
                    AdmissionNames.Recorder,
                    Names.Space,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "keep a token of that account in a secret",
            (client, ct) =>
                client.CoreV1.CreateNamespacedSecretAsync(
                    new V1Secret
                    {
                        Type = "kubernetes.io/service-account-token",
                        Metadata = new V1ObjectMeta
                        {
                            Name = "offered",
                            Annotations = new Dictionary<string, string>
                            {
                                ["kubernetes.io/service-account.name"] = AdmissionNames.Recorder,
                            },
                        },
                    },
                    Names.Space,
                    dryRun: DryRun,
                    cancellationToken: ct
                )
        ),
        (
            "run a pod as that account",
            (client, ct) => client.CoreV1.CreateNamespacedPodAsync(Restricted(), Names.Space, dryRun: DryRun, cancellationToken: ct)
        ),
    ];

    /// <summary>How many ways there are to have an image run.</summary>
    public static int WaysCount => Ways.Length;

    /// <summary>How many ways there are to get at the list.</summary>
    public static int AttemptsCount => Attempts.Length;

    /// <summary>Offers an image in every way.</summary>
    /// <param name="asker">Who offers it.</param>
    /// <param name="client">The client of the asker.</param>
    /// <param name="image">The image.</param>
    /// <param name="admitted">One that is admitted, for what else the same pod runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each that was taken, or refused without a word of the image and of what to do.</returns>
    public static async Task<IReadOnlyList<string>> TakenAsync(
        string asker,
        IKubernetes client,
        string image,
        string admitted,
        CancellationToken cancellationToken
    )
    {
        var deviations = new List<string>();
        foreach (var (what, offer) in Ways)
        {
            var refusal = await RefusalAsync(() => offer(client, image, admitted, cancellationToken)).ConfigureAwait(false);
            if (refusal is null)
                deviations.Add($"{what} with {image} was taken from {asker}");
            else if (!refusal.Contains(image, StringComparison.Ordinal) || !refusal.Contains(Command, StringComparison.Ordinal))
                deviations.Add(
                    $"{what} with {image} was refused to {asker}, and neither the image nor the command that records it is told: {refusal}"
                );
        }

        return deviations;
    }

    /// <summary>Whether a pod of an image is taken.</summary>
    /// <param name="client">The client of who offers it.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<bool> IsTakenAsync(IKubernetes client, string image, CancellationToken cancellationToken) =>
        await RefusalAsync(() => PodAsync(client, image, cancellationToken)).ConfigureAwait(false) is null;

    /// <summary>Tries to get at the list in every way.</summary>
    /// <inheritdoc cref="TakenAsync"/>
    /// <returns>Each that succeeded.</returns>
    public static async Task<IReadOnlyList<string>> OpenAsync(string asker, IKubernetes client, CancellationToken cancellationToken)
    {
        var open = new List<string>();
        foreach (var (what, attempt) in Attempts)
        {
            if (await RefusalAsync(() => attempt(client, cancellationToken)).ConfigureAwait(false) is null)
                open.Add($"{asker} can {what}");
        }

        return open;
    }

    /// <summary>Offers a pod.</summary>
    internal static Task PodAsync(IKubernetes client, string image, CancellationToken cancellationToken) =>
        client.CoreV1.CreateNamespacedPodAsync(Pod(image), Platform, dryRun: DryRun, cancellationToken: cancellationToken);

    /// <summary>What the API server says where it refuses; null where it does not.</summary>
    internal static async Task<string?> RefusalAsync(Func<Task> offer)
    {
        try
        {
            await offer().ConfigureAwait(false);
            return null;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity)
        {
            return Quotation.Of(e.Response.Content, 8 * Quotation.Longest);
        }
    }

    /// <summary>A deployment of one image.</summary>
    internal static V1Deployment Deployment(string name, string image, int replicas) =>
        new()
        {
            Metadata = Named(name),
            Spec = new V1DeploymentSpec
            {
                Replicas = replicas,
                Selector = new V1LabelSelector { MatchLabels = Labels(name) },
                Template = Template(image, "Always", name),
            },
        };

    private static async Task EphemeralAsync(IKubernetes client, string image, CancellationToken cancellationToken)
    {
        var pods = await client
            .CoreV1.ListNamespacedPodAsync(Platform, labelSelector: "app=web", cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var patch = Patch($$$"""{"spec": {"ephemeralContainers": [{"name": "offered", "image": "{{{image}}}"}]}}""");
        await client
            .CoreV1.PatchNamespacedPodEphemeralcontainersAsync(
                patch,
                pods.Items[0].Name(),
                Platform,
                dryRun: DryRun,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static V1Patch Patch(string text) => new(text, V1Patch.PatchType.StrategicMergePatch);

    private static V1Patch ImagePatch(string image) =>
        Patch($$$$$"""{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "{{{{{image}}}}}"}]}}}}""");

    private static V1ObjectMeta Named(string name) => new() { Name = name };

    private static Dictionary<string, string> Labels(string name) => new(StringComparer.Ordinal) { ["app"] = name };

    private static V1Container Container(string image, string name = "offered") =>
        new()
        {
            Name = name,
            Image = image,
            ImagePullPolicy = "IfNotPresent",
        };

    private static V1PodTemplateSpec Template(string image, string restart, string name = "offered") =>
        new()
        {
            Metadata = new V1ObjectMeta { Labels = Labels(name) },
            Spec = new V1PodSpec
            {
                RestartPolicy = restart,
                TerminationGracePeriodSeconds = 0,
                Containers = [Container(image, name)],
            },
        };

    /// <summary>A pod of one image, perhaps changed in one thing.</summary>
    private static V1Pod Pod(string image, Action<V1Pod>? change = null)
    {
        var pod = new V1Pod
        {
            Metadata = Named("offered"),
            Spec = new V1PodSpec { Containers = [Container(image)] },
        };
        change?.Invoke(pod);
        return pod;
    }

    /// <summary>A pod that keeps all rules but that of the guard.</summary>
    private static V1Pod Restricted() =>
        new()
        {
            Metadata = Named("offered"),
            Spec = new V1PodSpec
            {
                ServiceAccountName = AdmissionNames.Recorder,
                SecurityContext = new V1PodSecurityContext
                {
                    RunAsNonRoot = true,
                    SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
                },
                Containers =
                [
                    new V1Container
                    {
                        Name = "offered",
                        Image = "none",
                        SecurityContext = new V1SecurityContext
                        {
                            AllowPrivilegeEscalation = false,
                            Capabilities = new V1Capabilities { Drop = ["ALL"] },
                        },
                    },
                ],
            },
        };
}
