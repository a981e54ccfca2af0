using System.Text;
using k8s;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Cluster.Deployments;

/// <summary>Describes a platform that Helmfile has deployed, in the environment <c>local</c>, as a <c>stack.json</c>: its pods, ports of loopback that lead to them, its credentials.</summary>
internal static class DeployedStack
{
    private const string Space = LocalPlatform.Namespace;
    private const int Nodes = 6;

    /// <summary>The credentials that a stack has, and where the cluster keeps each.</summary>
    private static readonly (string Name, string Secret, string Key)[] Credentials =
    [
        ("mysql-root-password", "sportbuff-mysql", "root-password"),
        ("mysql-password", "sportbuff-mysql", "password"),
        ("redis-password", "sportbuff-redis", "password"),
        ("broker-password", "sportbuff-broker", "password"),
        ("broker-authority", "sportbuff-broker-tls", "ca.crt"),
    ];

    private static readonly (string Name, string Value)[] Names = [("mysql-user", "sportbuff"), ("mysql-database", "sportbuff"), ("broker-user", "sportbuff")];

    /// <summary>Writes the description, and attaches to it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="images">What it was deployed from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AttachedStack> AttachAsync(IKubernetes cluster, ProjectRoot root, RunFolder folder, IReadOnlyCollection<ComponentImage> images, CancellationToken cancellationToken)
    {
        var control = new KubernetesControl(cluster);
        try
        {
            var description = new StackDescription(
                folder.Id,
                "single",
                StackProvider.Kubernetes,
                BrokerKind.Artemis,
                [StackDescription.DestructiveCapability],
                Destructive: true,
                Kept: false,
                root.Path,
                [.. images.Select(image => image.ToRecord())],
                await InstancesAsync(cluster, control, cancellationToken).ConfigureAwait(false),
                await WriteCredentialsAsync(cluster, folder, cancellationToken).ConfigureAwait(false))
            {
                Stage = folder.Stage,
            };
            StackFile.Write(folder.Stack, description);
            return await AttachedStack.AttachAsync(folder.Stack, [new KubernetesProvider(control)], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await control.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Services are known by their Deployment: whichever pod is ready serves.</summary>
    private static async Task<IReadOnlyList<StackInstance>> InstancesAsync(IKubernetes cluster, KubernetesControl control, CancellationToken cancellationToken)
    {
        var finder = new PodFinder(cluster);
        var wanted = new List<(string Name, InstanceRole Role, PodPlace Place, int Port)>
        {
            ("mysql", InstanceRole.Mysql, new PodPlace(Space, PodPlace.Pod, "mysql-0"), 3306),
            ("broker", InstanceRole.Broker, new PodPlace(Space, PodPlace.Pod, "artemis-0"), 61613),
            ("dashboard", InstanceRole.Dashboard, new PodPlace(Space, PodPlace.Deployment, "dashboard"), 8080),
            ("server", InstanceRole.Server, new PodPlace(Space, PodPlace.Deployment, "server"), 8080),
        };
        wanted.AddRange(Enumerable.Range(0, Nodes).Select(number => ($"redis-node-{number}", InstanceRole.Redis, new PodPlace(Space, PodPlace.Pod, $"redis-{number}"), 6379)));
        var instances = new List<StackInstance>();
        foreach (var (name, role, place, port) in wanted)
        {
            var pod = await finder.FindAsync(place, cancellationToken).ConfigureAwait(false);
            instances.Add(new StackInstance(name, role, place.ToString(), new Dictionary<string, string> { [$"{port}"] = $"{control.Forward(place, port)}" }, pod.Status.PodIP ?? string.Empty));
        }

        return instances;
    }

    /// <summary>Files that the owner alone can read, and that go with the run.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> WriteCredentialsAsync(IKubernetes cluster, RunFolder folder, CancellationToken cancellationToken)
    {
        var values = Names.ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal);
        foreach (var (name, secret, key) in Credentials)
        {
            var found = await cluster.CoreV1.ReadNamespacedSecretAsync(secret, Space, cancellationToken: cancellationToken).ConfigureAwait(false);
            values[name] = Encoding.UTF8.GetString(found.Data[key]);
        }

        foreach (var (name, value) in values)
        {
            var file = new StreamWriter(
                Path.Combine(folder.Secrets, name),
                new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            await using (file.ConfigureAwait(false))
                await file.WriteAsync(value).ConfigureAwait(false);
        }

        var from = Path.GetDirectoryName(folder.Stack)!;
        return values.Keys.ToDictionary(name => name, name => $"file:{Path.GetRelativePath(from, Path.Combine(folder.Secrets, name)).Replace('\\', '/')}", StringComparer.Ordinal);
    }
}
