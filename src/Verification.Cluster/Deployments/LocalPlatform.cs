using Verification.Cluster.Attaching;
using Verification.Cluster.Control;
using Verification.Cluster.Diagnosis;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Nodes;
using Verification.Cluster.Objects;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Cluster.Deployments;

/// <summary>The environment <c>local</c> of <c>helmfile.yaml</c> on a cluster of its own; both are gone when it is disposed.</summary>
public sealed class LocalPlatform : IAsyncDisposable
{
    /// <summary>The namespace of the platform.</summary>
    public const string Namespace = "sportbuff";

    /// <summary>The environment.</summary>
    internal const string Environment = "local";

    /// <summary>Where <c>charts/local-volumes</c> has its volumes, and how many.</summary>
    private const string VolumesFolder = "/var/lib/rancher/volumes";

    private const int Volumes = 13;

    private readonly ProjectRoot root;
    private readonly RunFolder folder;
    private readonly IReadOnlyDictionary<string, string> images;
    private readonly string values;

    /// <summary>The program that judges each deployment, as in production; null for none.</summary>
    public string? Judge { get; set; }

    private LocalPlatform(
        ProjectRoot root,
        RunFolder folder,
        ThrowawayCluster cluster,
        IReadOnlyDictionary<string, string> images,
        string values
    ) => (this.root, this.folder, Cluster, this.images, this.values) = (root, folder, cluster, images, values);

    /// <summary>The project that is deployed.</summary>
    internal ProjectRoot Root => root;

    /// <summary>Folder of what is written for the deployment.</summary>
    internal string Files => folder.Logs;

    /// <summary>The cluster.</summary>
    public ThrowawayCluster Cluster { get; }

    /// <summary>Looks whether there is something to deploy with.</summary>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    public static void RequirePrograms() => _ = (Tool.Find("helmfile"), Tool.Find("helm"));

    /// <summary>Starts a cluster that has the images of the platform and is empty otherwise.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="extent">How much of it is deployed.</param>
    /// <param name="named">Images that are deployed in place of ours.</param>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    /// <exception cref="ClusterMissingException">No cluster can be had.</exception>
    /// <exception cref="ImageException">An image of the platform can't be had.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<LocalPlatform> StartAsync(
        ProjectRoot root,
        RunFolder folder,
        LocalExtent extent,
        ImageOverrides named,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(extent);
        // What costs nothing is told first.
        RequirePrograms();
        var images = await PlatformImages.ResolveAsync(root, extent.Components, named, tell, cancellationToken).ConfigureAwait(false);
        var values = await PlatformImages.TellsMetricsAsync(images[LocalExtent.Broker], cancellationToken).ConfigureAwait(false)
            ? extent.Values
            : $"{extent.Values}{LocalExtent.BrokerUntold}";
        var cluster = await ThrowawayCluster.StartAsync(root, folder, tell, cancellationToken).ConfigureAwait(false);
        try
        {
            var names = await cluster.ImportAsync([.. images.Values], cancellationToken).ConfigureAwait(false);
            await cluster.MakeVolumesAsync(VolumesFolder, Volumes, cancellationToken).ConfigureAwait(false);
            return new LocalPlatform(root, folder, cluster, names, values);
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Deploys the platform.</summary>
    /// <returns>Why it was refused or did not get ready, with what the cluster says of its pods; null where it is deployed.</returns>
    public Task<string?> SyncAsync(CancellationToken cancellationToken) => SyncAsync(images, cancellationToken);

    /// <summary>Deploys the platform with another image of one component.</summary>
    /// <param name="image">The image; the engine has it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="SyncAsync(CancellationToken)"/>
    public async Task<string?> SyncAsync(ComponentImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        var names = await Cluster.ImportAsync([image], cancellationToken).ConfigureAwait(false);
        return await SyncAsync(new Dictionary<string, string>(images) { [image.Component] = names[image.Component] }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Deploys one release anew, with something said beside what is said of the environment; what it needs is there.</summary>
    /// <param name="release">Name of the release.</param>
    /// <param name="further">What is said, YAML.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was refused or did not get ready; null where it is deployed.</returns>
    public async Task<string?> SyncAsync(string release, string further, CancellationToken cancellationToken)
    {
        try
        {
            await Helmfile
                .Of(root, folder, Environment, images, values + further, Cluster.Kubeconfig, Judge)
                .SyncAsync(release, cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (HelmfileException e)
        {
            return e.Message;
        }
    }

    /// <summary>Deploys one release anew from another image, and waits for it no longer than is said here.</summary>
    /// <param name="release">Name of the release, and of the component that it is made of.</param>
    /// <param name="image">Name of an image that the node has.</param>
    /// <param name="patience">How long it may take to get ready, in whole seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was refused or did not get ready; null where it is deployed.</returns>
    public async Task<string?> SyncAsync(string release, string image, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await HelmfileOf(new Dictionary<string, string>(images) { [release] = image })
                .SyncAsync(release, patience, cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (HelmfileException e)
        {
            return e.Message;
        }
    }

    /// <summary>Takes the platform away.</summary>
    /// <returns>Why it could not be taken away; null where it is gone.</returns>
    public async Task<string?> DestroyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HelmfileOf(images).DestroyAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HelmfileException e)
        {
            return e.Message;
        }
    }

    /// <summary>Describes what is deployed as a <c>stack.json</c>.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<StackDescription> DescribeAsync(CancellationToken cancellationToken) =>
        DeployedPlatform.DescribeAsync(
            Cluster.Address,
            Namespace,
            AttachedSurroundings.Usual,
            root,
            folder.Stack,
            isDestructive: true,
            cancellationToken
        );

    /// <summary>Describes what is deployed, and attaches to it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AttachedStack> AttachAsync(CancellationToken cancellationToken)
    {
        await DescribeAsync(cancellationToken).ConfigureAwait(false);
        return await AttachedStack.AttachAsync(folder.Stack, [new KubernetesProvider()], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All objects that the cluster has now.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<ObjectInventory> ObjectsAsync(CancellationToken cancellationToken) =>
        ObjectInventory.TakeAsync(Cluster.Client, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private async Task<string?> SyncAsync(IReadOnlyDictionary<string, string> deployed, CancellationToken cancellationToken)
    {
        var looks = PodLooks.Begin(Cluster.Client, Namespace);
        await using var disposal = looks.ConfigureAwait(false);
        try
        {
            await HelmfileOf(deployed).SyncAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HelmfileException e)
        {
            return $"{e.Message}\n{await looks.TellAsync(cancellationToken).ConfigureAwait(false)}".TrimEnd();
        }
    }

    private Helmfile HelmfileOf(IReadOnlyDictionary<string, string> deployed) =>
        Helmfile.Of(root, folder, Environment, deployed, values, Cluster.Kubeconfig, Judge);
}
