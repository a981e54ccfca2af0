using k8s.Models;
using Verification.Cluster.Control;
using Verification.Cluster.Manifests;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Control;

namespace Verification.Cluster.Attaching;

/// <summary>A Deployment or a StatefulSet of the platform.</summary>
/// <param name="Component">What it runs.</param>
/// <param name="Metadata">Its name and namespace.</param>
/// <param name="Template">What its pods are made by.</param>
/// <param name="Pods">How many pods a StatefulSet has, each with a name of its own; null for a Deployment, of which any pod serves.</param>
internal sealed record Workload(Component Component, V1ObjectMeta Metadata, V1PodTemplateSpec Template, int? Pods)
{
    /// <summary>The variable that tells a proxy of the first of those that it stands before.</summary>
    private static readonly (Role Role, string Variable)[] Proxied = [(InstanceRole.Mysql, "MYSQL_0"), (InstanceRole.Broker, "BROKER_0")];

    /// <summary>The release that it is of; its own name where it does not say.</summary>
    public string Release =>
        Metadata.Labels is { } labels && labels.TryGetValue("app.kubernetes.io/instance", out var release) ? release : Metadata.Name;

    /// <summary>Whether it lacks something that ours have beyond the contract, as its chart says of it.</summary>
    /// <param name="what">What: <c>metrics</c>, <c>json-logs</c>.</param>
    public bool Lacks(string what) =>
        Metadata.Annotations is { } notes
        && notes.TryGetValue(BaseContract.Lacks, out var lacks)
        && lacks.Split(", ").Contains(what, StringComparer.Ordinal);

    /// <summary>Its instances; their ports are opened by whoever attaches.</summary>
    public IReadOnlyList<StackInstance> Instances() =>
        [
            .. Places()
                .Select(place => new StackInstance(
                    place.Name,
                    Component.Role,
                    $"{place}",
                    Component.Ports.ToDictionary(port => $"{port}", _ => StackInstance.NotOpened),
                    string.Empty
                )
                {
                    Fronts = Fronted(),
                }),
        ];

    /// <summary>The image that its pods run from.</summary>
    /// <exception cref="StackNotFoundException">They run from several, or none runs: it is being rolled out.</exception>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    public async Task<ComponentRecord> ImageAsync(ClusterAccess access, CancellationToken cancellationToken)
    {
        var finder = new PodFinder(access.Client);
        var pods = new List<V1Pod>();
        foreach (var place in Places())
            pods.AddRange(
                await access
                    .AskAsync($"list pods in namespace {place.Namespace}", _ => finder.ListAsync(place, cancellationToken))
                    .ConfigureAwait(false)
            );
        var images = PodImage.OfAll(pods);
        return images is [{ Digest.Length: > 0 } image]
            ? new ComponentRecord(Component.Name, image.Name, image.Digest, image.Tag, "what its pods run")
            : throw new StackNotFoundException(
                $"{Metadata.Name} in namespace {Metadata.NamespaceProperty} is being rolled out: its pods run {(images.Count > 1 ? string.Join(" and ", images.Select(each => each.Name).Order(StringComparer.Ordinal)) : "nothing yet")}. Wait until it is done."
            );
    }

    /// <summary>The value of a variable that stands in its template; null where there is none.</summary>
    public string? ValueOf(string variable) => Template.Spec.Containers[0].Env?.FirstOrDefault(each => each.Name == variable)?.Value;

    /// <summary>Who is looked for behind a proxy is whom its template tells it of: <c>MYSQL_0</c>.</summary>
    private IReadOnlyList<Role>? Fronted()
    {
        List<Role> fronted = [.. Proxied.Where(each => ValueOf(each.Variable) is not null).Select(each => each.Role)];
        return fronted.Count > 0 ? fronted : null;
    }

    private IEnumerable<PodPlace> Places() =>
        Pods is { } count
            ? Enumerable
                .Range(0, count)
                .Select(number => new PodPlace(Metadata.NamespaceProperty, PodPlace.Pod, $"{Metadata.Name}-{number}"))
            : [new PodPlace(Metadata.NamespaceProperty, PodPlace.Deployment, Metadata.Name)];
}
