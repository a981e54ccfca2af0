using System.Net;
using k8s;
using k8s.Autorest;
using Verification.Cluster.Control;
using Verification.Cluster.Releases;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.Logging;
using Verification.Stack.Control;

namespace Verification.Cluster.Attaching;

/// <summary>A platform that Helmfile has deployed to a namespace, found by the labels of its charts, and described as a
/// <c>stack.json</c>.</summary>
public static class DeployedPlatform
{
    // Bitnami's chart of MySQL says of its objects that they are a part of MySQL, whatever it is told.
    private const string PartOf = "app.kubernetes.io/part-of in (sportbuff, mysql)";
    private const string NameLabel = "app.kubernetes.io/name";

    /// <summary>The variable that tells the Server where something is that it stands on.</summary>
    private static readonly (Role Role, string Variable)[] Addresses =
    [
        (InstanceRole.Mysql, "DBHOST"),
        (InstanceRole.Redis, "REDISHOSTS"),
        (InstanceRole.Broker, "MQHOST"),
    ];

    /// <summary>Describes what is deployed, as a stack that may not be changed.</summary>
    /// <param name="context">Name of a context, as kubectl knows it.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="around">What is around it.</param>
    /// <param name="root">The project whose configuration it is held against.</param>
    /// <param name="file">Where its <c>stack.json</c> goes; its credentials go to <c>secrets/</c> beside it, readable by the owner
    /// only.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The description as it was written.</returns>
    /// <exception cref="StackNotFoundException">There is no such context or namespace, or the namespace has no whole platform of
    /// ours.</exception>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    public static Task<StackDescription> DescribeAsync(
        string context,
        string space,
        AttachedSurroundings around,
        ProjectRoot root,
        string file,
        CancellationToken cancellationToken
    ) => DescribeAsync(ClusterAccess.AddressOf(context), space, around, root, file, isDestructive: false, cancellationToken);

    /// <summary>Describes what is deployed.</summary>
    internal static async Task<StackDescription> DescribeAsync(
        ClusterAddress address,
        string space,
        AttachedSurroundings around,
        ProjectRoot root,
        string file,
        bool isDestructive,
        CancellationToken cancellationToken
    )
    {
        using var access = ClusterAccess.Open(address);
        await RequireNamespaceAsync(access, address, space, cancellationToken).ConfigureAwait(false);
        await access.RequireRightsAsync(space, cancellationToken).ConfigureAwait(false);
        var workloads = await WorkloadsAsync(access, space, cancellationToken).ConfigureAwait(false);
        RequireWhole(workloads, address, space);
        // Of services that tell no metrics those who watch know nothing.
        var watching = workloads.Any(workload => workload.Lacks("metrics"))
            ? []
            : await new WatchingPods(access).FindAsync(around.Monitoring, cancellationToken).ConfigureAwait(false);
        List<string> capabilities =
        [
            .. isDestructive ? [StackDescription.DestructiveCapability] : (string[])[],
            .. watching.Count > 0 ? [StackDescription.WatchedCapability] : (string[])[],
            .. workloads.Any(workload => workload.Component.Role == LoggingRole.Elasticsearch)
            && !workloads.Any(workload => workload.Lacks("json-logs"))
                ? [StackDescription.LoggedCapability]
                : (string[])[],
            .. await ReleaseRecorder.IsRecordedAsync(access, space, cancellationToken).ConfigureAwait(false)
                ? [StackDescription.RecordedCapability]
                : (string[])[],
            .. around is { Gateway: not null, Token: not null } ? [StackDescription.GatewayCapability] : (string[])[],
        ];
        var credentials = await new ServiceCredentials(access, space)
            .WriteAsync(
                workloads.Single(workload => workload.Component.Role == InstanceRole.Server),
                isDestructive ? workloads.FirstOrDefault(workload => workload.Component.Role == InstanceRole.Mysql) : null,
                file,
                cancellationToken
            )
            .ConfigureAwait(false);
        var description = new StackDescription(
            $"{address.Context}/{space}",
            "single",
            StackProvider.Kubernetes,
            workloads.Select(workload => workload.Component).OfType<BrokerComponent>().Single().Kind,
            capabilities,
            isDestructive,
            Kept: true,
            root.Path,
            [
                .. (
                    await Task.WhenAll(workloads.Select(workload => workload.ImageAsync(access, cancellationToken))).ConfigureAwait(false)
                ).Distinct(),
            ],
            [.. workloads.SelectMany(workload => workload.Instances()), .. watching],
            around.Token is { } token
                ? new Dictionary<string, string>(credentials, StringComparer.Ordinal) { [GatewayDescription.TokenCredential] = token }
                : credentials
        )
        {
            Cluster = address,
            Gateway = around.Gateway,
        };
        StackFile.Write(file, description);
        return description;
    }

    /// <summary>To look at one namespace is a right that a user of the namespace alone may lack: what it holds tells then.</summary>
    private static async Task RequireNamespaceAsync(
        ClusterAccess access,
        ClusterAddress address,
        string space,
        CancellationToken cancellationToken
    )
    {
        var isThere = await access
            .AskAsync(
                $"get namespace {space}",
                async client =>
                {
                    try
                    {
                        await client.CoreV1.ReadNamespaceAsync(space, cancellationToken: cancellationToken).ConfigureAwait(false);
                        return true;
                    }
                    catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
                    {
                        return e.Response.StatusCode == HttpStatusCode.Forbidden;
                    }
                }
            )
            .ConfigureAwait(false);
        if (!isThere)
            throw new StackNotFoundException(
                $"context {address.Context} has no namespace {space}: see kubectl --context {address.Context} get namespaces."
            );
    }

    /// <summary>Services are Deployments, what keeps data is a StatefulSet; each is labelled with the name of its component.</summary>
    private static async Task<IReadOnlyList<Workload>> WorkloadsAsync(
        ClusterAccess access,
        string space,
        CancellationToken cancellationToken
    )
    {
        var deployments = await access
            .AskAsync(
                $"list deployments in namespace {space}",
                client =>
                    client.AppsV1.ListNamespacedDeploymentAsync(
                        space,
                        labelSelector: $"{PartOf},{NameLabel}",
                        cancellationToken: cancellationToken
                    )
            )
            .ConfigureAwait(false);
        var sets = await access
            .AskAsync(
                $"list statefulsets in namespace {space}",
                client =>
                    client.AppsV1.ListNamespacedStatefulSetAsync(
                        space,
                        labelSelector: $"{PartOf},{NameLabel}",
                        cancellationToken: cancellationToken
                    )
            )
            .ConfigureAwait(false);
        var found = deployments
            .Items.Select(each => (each.Metadata, each.Spec.Template, Pods: (int?)null))
            .Concat(sets.Items.Select(each => (each.Metadata, each.Spec.Template, Pods: (int?)(each.Spec.Replicas ?? 1))));
        return
        [
            .. found
                .Select(each =>
                    (
                        Component: ComponentList.All.FirstOrDefault(component => component.Name == each.Metadata.Labels[NameLabel]),
                        each.Metadata,
                        each.Template,
                        each.Pods
                    )
                )
                .Where(each => each.Component is not null)
                .Select(each => new Workload(each.Component!, each.Metadata, each.Template, each.Pods)),
        ];
    }

    /// <summary>Each role by one release: of two nobody would know which one is meant. A release may have several sets: a source and its
    /// replica.</summary>
    /// <exception cref="StackNotFoundException">One is there several times or not at all, or is a service of the cloud.</exception>
    internal static void RequireWhole(IReadOnlyList<Workload> workloads, ClusterAddress address, string space)
    {
        var where = $"namespace {space} of context {address.Context}";
        foreach (var (role, variable) in Addresses)
        {
            if (
                workloads.All(workload => workload.Component.Role != role)
                && workloads.FirstOrDefault(workload => workload.Component.Role == InstanceRole.Server)?.ValueOf(variable) is { } host
            )
                throw new StackNotFoundException(
                    $"the {role} of the platform in {where} is {host}, which runs elsewhere: what it holds can't be read from here, and no fault can be applied to it, so nothing of such a platform is decided; judge the release before it is deployed, on containers: ./verify gate."
                );
        }

        if (workloads.Count == 0)
            throw new StackNotFoundException(
                $"{where} has nothing that helmfile.yaml deploys: no Deployment and no StatefulSet there is labelled {PartOf} and named as a component. Deploy it first, or name another namespace."
            );
        foreach (var role in Enum.GetValues<InstanceRole>())
        {
            var playing = workloads
                .Where(workload => workload.Component.Role == role)
                .GroupBy(workload => workload.Release, StringComparer.Ordinal)
                .Select(release => string.Join(" with ", release.Select(workload => workload.Metadata.Name)))
                .ToList();
            if (playing.Count != 1)
                throw new StackNotFoundException(
                    $"{where} has {(playing.Count == 0 ? "nothing" : $"{string.Join(" and ", playing)}")} labelled as the {Role.FromInstanceRole(role)} of the platform, and one is expected; of it there are {string.Join(", ", workloads.Select(workload => workload.Metadata.Name))}."
                );
        }
    }
}
