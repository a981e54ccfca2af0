using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Cluster.Nodes;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Admission;

/// <summary><c>charts/admission</c> on a cluster of its own, with a deployer who may do everything in both of its namespaces, and the
/// cluster's administrator. Gone when disposed.</summary>
public sealed class AdmissionTrial : IAsyncDisposable
{
    /// <summary>Namespace of the platform.</summary>
    public const string Platform = "sportbuff";

    private const string Pipeline = "pipeline";
    private const string Web = "web";
    private static readonly AdmissionNames Names = AdmissionNames.Of(Platform);
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly ThrowawayCluster cluster;
    private readonly ClusterAccess pipeline;
    private readonly ClusterAccess deployer;

    private AdmissionTrial(
        ThrowawayCluster cluster,
        ClusterAddress recorder,
        ClusterAccess pipeline,
        ClusterAccess deployer,
        (string Tagged, string Digest) image
    )
    {
        (this.cluster, Recorder, this.pipeline, this.deployer) = (cluster, recorder, pipeline, deployer);
        (Tagged, Digest) = image;
    }

    /// <summary>The cluster's administrator, as kubectl knows him.</summary>
    public ClusterAddress Administrator => cluster.Address;

    /// <summary>Who may record, as kubectl knows him.</summary>
    public ClusterAddress Recorder { get; }

    /// <summary>Who asks, by name.</summary>
    public IReadOnlyList<(string Name, IKubernetes Client)> Askers =>
        [("a deployer", deployer.Client), ("the administrator", cluster.Client)];

    /// <summary>An image that runs on the node, named by its tag.</summary>
    public string Tagged { get; }

    /// <summary>Its digest.</summary>
    public string Digest { get; }

    /// <summary>The image by its digest.</summary>
    public string Image => Of(Digest);

    /// <summary>The image's name with another digest: no node has it.</summary>
    public string Of(string digest) => $"{Tagged[..Tagged.LastIndexOf(':')]}@{digest}";

    /// <summary>Starts a cluster, and installs the chart there.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">Helm is in none of its places.</exception>
    /// <exception cref="ClusterMissingException">No cluster can be had.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    /// <exception cref="InvalidOperationException">The chart can't be installed; the message has what Helm said.</exception>
    public static async Task<AdmissionTrial> StartAsync(
        ProjectRoot root,
        RunFolder folder,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        var helm = Tool.Find("helm");
        var cluster = await ThrowawayCluster.StartAsync(root, folder, tell, cancellationToken).ConfigureAwait(false);
        try
        {
            var image = await cluster.PinPauseAsync(cancellationToken).ConfigureAwait(false);
            await MakeNamespaceAsync(cluster.Client, Platform, cancellationToken).ConfigureAwait(false);
            var recordedBy = await MakeAccountAsync(cluster.Client, "default", Pipeline, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> arguments =
            [
                "--kubeconfig",
                cluster.Kubeconfig,
                "upgrade",
                "--install",
                "admission",
                Path.Combine(root.Path, "charts", "admission"),
                "--namespace",
                "default",
                "--set",
                $"namespace={Platform}",
                "--set",
                $"recordedBy={{{recordedBy}}}",
            ];
            var installed = await helm.RunAsync(folder, arguments, new Dictionary<string, string>(), root.Path, cancellationToken)
                .ConfigureAwait(false);
            if (installed.ExitCode != 0)
                throw new InvalidOperationException($"charts/admission was not installed: {Quotation.Of(installed.Error.Trim())}");
            var deployedBy = await MakeAccountAsync(cluster.Client, Platform, "deployer", cancellationToken).ConfigureAwait(false);
            foreach (var space in new[] { Platform, Names.Space })
                await GiveAllAsync(cluster.Client, space, deployedBy, cancellationToken).ConfigureAwait(false);
            var token = await TokenAsync(cluster.Client, "default", Pipeline, cancellationToken).ConfigureAwait(false);
            return new AdmissionTrial(
                cluster,
                await WriteRecorderAsync(cluster, token, cancellationToken).ConfigureAwait(false),
                ClusterAccess.OpenAs(cluster.Address, token),
                ClusterAccess.OpenAs(
                    cluster.Address,
                    await TokenAsync(cluster.Client, Platform, "deployer", cancellationToken).ConfigureAwait(false)
                ),
                image
            );
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Records a release as <c>verify admit --record</c> does, and waits until the API server goes by it.</summary>
    /// <param name="run">The run that has verified it.</param>
    /// <param name="digests">Its images; none for a list that is empty.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it could not be recorded, or does not count; null where it does.</returns>
    public async Task<string?> RecordAsync(string run, IReadOnlyCollection<string> digests, CancellationToken cancellationToken)
    {
        try
        {
            await AdmissionRecorder.RecordAsync(pipeline, cluster.Address, Platform, run, digests, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Stack.Control.StackNotFoundException or Stack.Control.StackUnreachableException)
        {
            return e.Message;
        }

        return await AwaitAdmittedAsync(digests.Select(Of), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until the API server takes images, each by its digest; nothing of it is kept.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Which it does not take; null where it takes all of them.</returns>
    public async Task<string?> AwaitAdmittedAsync(IEnumerable<string> images, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        try
        {
            foreach (var image in images)
                await Eventually
                    .IsTrueAsync(
                        $"{image} is admitted",
                        SeenWithin,
                        async ct => await AdmissionOffers.IsTakenAsync(deployer.Client, image, ct).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            return null;
        }
        catch (StateNotSeenException e)
        {
            return e.Message;
        }
    }

    /// <summary>The list as it is; that of nobody where there is none.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AdmittedImages> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return AdmittedImages.Of(
                await cluster
                    .Client.CoreV1.ReadNamespacedConfigMapAsync(AdmissionNames.List, Names.Space, cancellationToken: cancellationToken)
                    .ConfigureAwait(false)
            );
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return AdmittedImages.None;
        }
    }

    /// <summary>Has what no verdict admits only told, as the cluster's owner may.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task OnlyAuditAsync(CancellationToken cancellationToken) =>
        cluster.Client.AdmissionregistrationV1.PatchValidatingAdmissionPolicyBindingAsync(
            new V1Patch("""{"spec": {"validationActions": ["Audit"]}}""", V1Patch.PatchType.MergePatch),
            Names.Images,
            cancellationToken: cancellationToken
        );

    /// <summary>Takes the binding of the policy away, as the cluster's owner may.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task UnbindAsync(CancellationToken cancellationToken) =>
        cluster.Client.AdmissionregistrationV1.DeleteValidatingAdmissionPolicyBindingAsync(
            Names.Images,
            cancellationToken: cancellationToken
        );

    /// <summary>Waits until the policies are in effect: until a pod of an image that nobody admits is refused. Where they never are, the
    /// offers tell.</summary>
    public async Task AwaitEnforcedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Eventually
                .IsTrueAsync(
                    "the policy is in effect",
                    SeenWithin,
                    async ct => !await AdmissionOffers.IsTakenAsync(cluster.Client, Tagged, ct).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException)
        {
            // What is taken is told by name.
        }
    }

    /// <summary>Has the deployer deploy an image, as its one deployment, and waits for its pods.</summary>
    /// <param name="image">The image.</param>
    /// <param name="replicas">How many pods.</param>
    /// <param name="mustRun">Whether the pods must run; else it is enough that they are made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What went wrong; null where all went well.</returns>
    public async Task<string?> DeployAsync(string image, int replicas, bool mustRun, CancellationToken cancellationToken)
    {
        var wanted = AdmissionOffers.Deployment(Web, image, replicas);
        var refusal = await AdmissionOffers
            .RefusalAsync(async () =>
            {
                try
                {
                    await deployer
                        .Client.AppsV1.CreateNamespacedDeploymentAsync(wanted, Platform, cancellationToken: cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.Conflict)
                {
                    await deployer
                        .Client.AppsV1.ReplaceNamespacedDeploymentAsync(wanted, Web, Platform, cancellationToken: cancellationToken)
                        .ConfigureAwait(false);
                }
            })
            .ConfigureAwait(false);
        return refusal ?? await AwaitPodsAsync(image, replicas, mustRun, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the pods that run, as a node that dies does, and waits for those in their place.</summary>
    /// <inheritdoc cref="DeployAsync"/>
    public async Task<string?> RestartAsync(string image, int replicas, CancellationToken cancellationToken)
    {
        var ended = (await PodsAsync(cancellationToken).ConfigureAwait(false)).Select(pod => pod.Name()).ToList();
        foreach (var pod in ended)
            await deployer
                .Client.CoreV1.DeleteNamespacedPodAsync(pod, Platform, gracePeriodSeconds: 0, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        return await AwaitPodsAsync(image, replicas, mustRun: true, cancellationToken, ended).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        deployer.Dispose();
        pipeline.Dispose();
        File.Delete(Recorder.Kubeconfig);
        await cluster.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The owner's alone, as the one of the administrator.</summary>
    private static async Task<ClusterAddress> WriteRecorderAsync(
        ThrowawayCluster cluster,
        string token,
        CancellationToken cancellationToken
    )
    {
        var there = KubernetesClientConfiguration.LoadKubeConfig(cluster.Kubeconfig).Clusters.Single().ClusterEndpoint;
        var file = $"{cluster.Kubeconfig}-{Pipeline}";
        var text = new StreamWriter(
            file,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        await using (text.ConfigureAwait(false))
            await text.WriteAsync(
                    $"""
                    apiVersion: v1
                    kind: Config
                    current-context: {Pipeline}
                    clusters:
                      - name: here
                        cluster:
                          server: {there.Server}
                          certificate-authority-data: {there.CertificateAuthorityData}
                    users:
                      - name: {Pipeline}
                        user:
                          token: {token}
                    contexts:
                      - name: {Pipeline}
                        context:
                          cluster: here
                          user: {Pipeline}
                    """.AsMemory(),
                    cancellationToken
                )
                .ConfigureAwait(false);
        return new ClusterAddress(file, Pipeline);
    }

    private async Task<string?> AwaitPodsAsync(
        string image,
        int replicas,
        bool mustRun,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? ended = null
    )
    {
        try
        {
            await Eventually
                .IsTrueAsync(
                    $"{replicas} pods of {image} {(mustRun ? "run" : "are made")}",
                    ReadyWithin,
                    async ct =>
                        (await PodsAsync(ct).ConfigureAwait(false)).Count(pod =>
                            pod.Spec.Containers[0].Image == image
                            && ended?.Contains(pod.Name()) != true
                            && pod.DeletionTimestamp() is null
                            && (!mustRun || pod.Status.Phase == "Running")
                        ) >= replicas,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return null;
        }
        catch (StateNotSeenException e)
        {
            return e.Message;
        }
    }

    private async Task<IList<V1Pod>> PodsAsync(CancellationToken cancellationToken) =>
        (
            await cluster
                .Client.CoreV1.ListNamespacedPodAsync(Platform, labelSelector: $"app={Web}", cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        ).Items;

    private static Task MakeNamespaceAsync(IKubernetes client, string name, CancellationToken cancellationToken) =>
        client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = name } },
            cancellationToken: cancellationToken
        );

    /// <returns>The account as the API server knows it.</returns>
    private static async Task<string> MakeAccountAsync(IKubernetes client, string space, string name, CancellationToken cancellationToken)
    {
        await client
            .CoreV1.CreateNamespacedServiceAccountAsync(
                new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = name } },
                space,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        return $"system:serviceaccount:{space}:{name}";
    }

    private static Task GiveAllAsync(IKubernetes client, string space, string user, CancellationToken cancellationToken) =>
        client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = "deployer" },
                RoleRef = new V1RoleRef
                {
                    ApiGroup = "rbac.authorization.k8s.io",
                    Kind = "ClusterRole",
                    Name = "cluster-admin",
                },
                Subjects =
                [
                    new Rbacv1Subject
                    {
                        ApiGroup = "rbac.authorization.k8s.io",
                        Kind = "User",
                        Name = user,
                    },
                ],
            },
            space,
            cancellationToken: cancellationToken
        );

    private static async Task<string> TokenAsync(IKubernetes client, string space, string name, CancellationToken cancellationToken) =>
        (
            await client
                .CoreV1.CreateNamespacedServiceAccountTokenAsync(
                    new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [] } },
                    name,
                    space,
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false)
        )
            .Status
            .Token;
}
