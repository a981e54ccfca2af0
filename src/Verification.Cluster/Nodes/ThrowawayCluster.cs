using System.Net;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.K3s;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;

namespace Verification.Cluster.Nodes;

/// <summary>A Kubernetes of one node in one container, under the labels of a run, gone when disposed: <c>rancher/k3s</c> where a registry
/// answers, else the image of
/// <c>images/kubernetes/</c>, which has the same conventions.</summary>
public sealed class ThrowawayCluster : IAsyncDisposable
{
    private const string Component = "kubernetes";
    private const string Instance = "kubernetes";

    /// <summary>The port of the node by which the environment <c>local</c> lets clients in from outside.</summary>
    private const int OutsidePort = 30443;

    /// <summary>How k3s is started, without what the platform brings itself; the node of <c>images/kubernetes</c>, which has none of it,
    /// reads no options.</summary>
    private static readonly string[] Command =
    [
        "server",
        "--disable=traefik,coredns,metrics-server,servicelb,local-storage",
        "--disable-network-policy",
    ];

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private readonly DockerEngine engine;
    private readonly K3sContainer container;

    private ThrowawayCluster(DockerEngine engine, K3sContainer container, ComponentImage image, string kubeconfig)
    {
        (this.engine, this.container) = (engine, container);
        (Image, Kubeconfig) = (image, kubeconfig);
        Address = new ClusterAddress(kubeconfig, KubernetesClientConfiguration.LoadKubeConfig(kubeconfig).CurrentContext);
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
    }

    /// <summary>What it runs from.</summary>
    public ComponentImage Image { get; }

    /// <summary>Path of the configuration of its clients, readable by the owner only; it goes with the run.</summary>
    public string Kubeconfig { get; }

    /// <summary>Where it is: the only context of <see cref="Kubeconfig"/>.</summary>
    public ClusterAddress Address { get; }

    /// <summary>The port of loopback by which clients come in from outside, where something of the cluster lets them in.</summary>
    public IPEndPoint Outside => new(IPAddress.Loopback, container.GetMappedPublicPort(OutsidePort));

    /// <summary>Its API.</summary>
    public Kubernetes Client { get; }

    /// <summary>Starts a cluster, and waits until its node is ready.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ClusterMissingException">The image can't be had, or the node did not get ready: the message has the reason, and the
    /// node's last lines.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<ThrowawayCluster> StartAsync(
        ProjectRoot root,
        RunFolder folder,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        K3sContainer? container = null;
        try
        {
            var image = await ImageOfAsync(engine, root, tell, cancellationToken).ConfigureAwait(false);
            container = Build(image.Image, RunLabels.Of(folder, kept: false));
            await StartAsync(container, cancellationToken).ConfigureAwait(false);
            return new ThrowawayCluster(engine, container, image, await WriteKubeconfigAsync(container, folder).ConfigureAwait(false));
        }
        catch
        {
            if (container is not null)
                await container.DisposeAsync().ConfigureAwait(false);
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Copies images from the engine to its node.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name of each on the node, by component.</returns>
    /// <exception cref="InvalidOperationException">The node did not take them.</exception>
    public Task<IReadOnlyDictionary<string, string>> ImportAsync(
        IReadOnlyList<ComponentImage> images,
        CancellationToken cancellationToken
    ) => NodeImages.ImportAsync(engine, container.Id, images, cancellationToken);

    /// <summary>Gives the image from which every pod's own container runs a name by its digest: a small one that the node has, and nothing
    /// is pulled for it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name with its tag, and the digest.</returns>
    /// <exception cref="InvalidOperationException">The node has none.</exception>
    public async Task<(string Tagged, string Digest)> PinPauseAsync(CancellationToken cancellationToken)
    {
        var listed = await container.ExecAsync(["ctr", "-n", "k8s.io", "images", "ls"], cancellationToken).ConfigureAwait(false);
        var image =
            listed
                .Stdout.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .FirstOrDefault(columns => columns is [var name, _, ..] && name.Contains("pause:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The node has no image of pause: {listed.Stdout.Trim()} {listed.Stderr.Trim()}");
        var (tagged, digest) = (image[0], image[2]);
        await container
            .ExecAsync(["ctr", "-n", "k8s.io", "images", "tag", tagged, $"{tagged[..tagged.LastIndexOf(':')]}@{digest}"], cancellationToken)
            .ConfigureAwait(false);
        return (tagged, digest);
    }

    /// <summary>Makes the folders of the volumes that the environment <c>local</c> has.</summary>
    /// <param name="folder">The folder they lie in.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task MakeVolumesAsync(string folder, int count, CancellationToken cancellationToken) =>
        await container
            .ExecAsync(["mkdir", "-p", .. Enumerable.Range(0, count).Select(number => $"{folder}/{number}")], cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Has the process of a pod stand still: its connections stay open, and nobody answers.</summary>
    /// <param name="pod">The pod; of its containers it is the first one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The node did not do so.</exception>
    public async Task FreezeAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pod);
        // containerd://ID
        var id = pod.Status.ContainerStatuses[0].ContainerID.Split('/')[^1];
        var done = await container
            .ExecAsync(["ctr", "-n", "k8s.io", "tasks", "kill", "--signal", "SIGSTOP", id], cancellationToken)
            .ConfigureAwait(false);
        if (done.ExitCode != 0)
            throw new InvalidOperationException($"The node did not stop {pod.Name()}: {done.Stderr.Trim()}");
    }

    /// <summary>Runs commands on its node, whose kubectl is the administrator's.</summary>
    /// <param name="commands">Commands of a shell.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CommandResult> RunAsync(string commands, CancellationToken cancellationToken)
    {
        var ended = await container
            .ExecAsync(["sh", "-c", $"export KUBECONFIG=/etc/rancher/k3s/k3s.yaml\n{commands}"], cancellationToken)
            .ConfigureAwait(false);
        return new CommandResult(ended.ExitCode ?? -1, ended.Stdout, ended.Stderr);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await container.DisposeAsync().ConfigureAwait(false);
        engine.Dispose();
        File.Delete(Kubeconfig);
    }

    private static async Task<ComponentImage> ImageOfAsync(
        DockerEngine engine,
        ProjectRoot root,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var progress = new Progress<ImageProgress>(step => tell($"image {step.Component}: {step.Step}"));
            return (
                await new ImageStore(engine, root)
                    .ResolveAsync([Component], ImageOverrides.None, progress, cancellationToken)
                    .ConfigureAwait(false)
            )[Component];
        }
        catch (ImageException e)
        {
            throw new ClusterMissingException($"no throwaway cluster can be had: {e.Message}", e);
        }
    }

    private static K3sContainer Build(string image, Dictionary<string, string> labels) =>
        new K3sBuilder(image)
            .WithLogger(NullLogger.Instance)
            .WithName($"{RunLabels.NameOf(labels)}-{Instance}")
            .WithLabel(new Dictionary<string, string>(labels) { [RunLabels.Instance] = Instance })
            .WithPortBinding(OutsidePort, assignRandomHostPort: true)
            // In place of what the module gives it.
            .WithCommand(new OverwriteEnumerable<string>(Command))
            .WithCreateParameterModifier(NodeRights.Give)
            .Build();

    private static async Task StartAsync(K3sContainer container, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(ReadyWithin);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            await container.StartAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterMissingException(
                $"the throwaway cluster did not get ready within {ReadyWithin.TotalSeconds:0} s: {e.GetBaseException().Message} Its last lines: {await LastLinesAsync(container).ConfigureAwait(false)}",
                e
            );
        }
    }

    private static async Task<string> LastLinesAsync(K3sContainer container)
    {
        if (container.State == TestcontainersStates.Undefined)
            return "it was not created";
        var (output, error) = await container.GetLogsAsync().ConfigureAwait(false);
        return string.Join(
            " | ",
            (output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(10)
        );
    }

    private static async Task<string> WriteKubeconfigAsync(K3sContainer container, RunFolder folder)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(folder.Secrets, Owner | UnixFileMode.UserExecute);
        var path = Path.Combine(folder.Secrets, "kubeconfig");
        var file = new StreamWriter(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = Owner,
            }
        );
        await using (file.ConfigureAwait(false))
            await file.WriteAsync(await container.GetKubeconfigAsync().ConfigureAwait(false)).ConfigureAwait(false);
        return path;
    }
}
