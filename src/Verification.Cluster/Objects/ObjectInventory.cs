using System.Text.Json.Nodes;
using k8s;

namespace Verification.Cluster.Objects;

/// <summary>All objects of a cluster, of whatever kind its API server lists.</summary>
public sealed class ObjectInventory
{
    private const string PartOf = "app.kubernetes.io/part-of";
    private const string Platform = "sportbuff";

    /// <summary>What its own controller writes into as it goes on, with its version, or with its generation where its definition has no
    /// status apart (Velero's): what it says is what counts.</summary>
    private static readonly string[] WritingThemselves = ["HorizontalPodAutoscaler", "APIService", "BackupStorageLocation", "Schedule"];

    /// <summary>What its objects say is measured each moment anew.</summary>
    private const string Measured = "metrics.k8s.io";

    /// <summary>What tells of the cluster's own life, and of nobody's intentions.</summary>
    private static readonly string[] Passing = ["events", "leases", "componentstatuses"];

    /// <summary>What its own controller writes with each change of the state of a pod: whether it is the same object, and has been
    /// restarted, is what counts.</summary>
    private static readonly string[] FollowingPods = ["Pod", "EndpointSlice", "Endpoints"];

    /// <summary>What controllers make of other objects, and make again; and what was done once.</summary>
    private static readonly string[] Derived = [.. FollowingPods, "ReplicaSet", "ControllerRevision", "Job"];

    internal ObjectInventory(IReadOnlyDictionary<string, ClusterObject> objects) => Objects = objects;

    /// <summary>The objects, by their id.</summary>
    public IReadOnlyDictionary<string, ClusterObject> Objects { get; }

    /// <summary>How many are labelled as parts of the platform.</summary>
    public int Ours => Objects.Values.Count(each => each.IsOurs);

    /// <summary>Lists all objects.</summary>
    /// <exception cref="HttpRequestException">The API server does not answer, or refuses.</exception>
    public static async Task<ObjectInventory> TakeAsync(Kubernetes cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var objects = new Dictionary<string, ClusterObject>(StringComparer.Ordinal);
        foreach (var version in await VersionsAsync(cluster, cancellationToken).ConfigureAwait(false))
        {
            var resources = (await GetAsync(cluster, version, cancellationToken).ConfigureAwait(false))["resources"]!.AsArray();
            foreach (var resource in resources.Where(IsListed))
            {
                var list = await GetAsync(cluster, $"{version}/{Text(resource!, "name")}", cancellationToken).ConfigureAwait(false);
                foreach (var found in list["items"]!.AsArray().Select(item => Of(Text(resource!, "kind"), item!)))
                    objects[found.Id] = found;
            }
        }

        return new ObjectInventory(objects);
    }

    /// <summary>What is here and was not before.</summary>
    /// <param name="before">Before.</param>
    public IReadOnlyList<string> NewSince(ObjectInventory before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return [.. Objects.Keys.Except(before.Objects.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What was in a namespace and is no longer, but for what controllers make of other objects.</summary>
    /// <param name="before">Before.</param>
    /// <param name="space">The namespace.</param>
    public IReadOnlyList<string> MissingSince(ObjectInventory before, string space)
    {
        ArgumentNullException.ThrowIfNull(before);
        return
        [
            .. before
                .LastingIn(space)
                .Except(Objects.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id => $"{id} is gone"),
        ];
    }

    /// <summary>The ids of what is in a namespace, but for what controllers make of other objects.</summary>
    /// <param name="space">The namespace.</param>
    public IReadOnlyList<string> LastingIn(string space) =>
        [
            .. Objects.Keys.Where(id =>
                id == $"Namespace {space}"
                || (
                    id.Contains($" {space}/", StringComparison.Ordinal)
                    && !Derived.Contains(id[..id.IndexOf(' ', StringComparison.Ordinal)])
                )
            ),
        ];

    /// <summary>What of the platform is no longer as it was: gone, new, made anew, changed, restarted.</summary>
    /// <param name="before">Before.</param>
    public IReadOnlyList<string> ChangedSince(ObjectInventory before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var was = before.Objects.Values.Where(each => each.IsOurs).ToDictionary(each => each.Id, StringComparer.Ordinal);
        var now = Objects.Values.Where(each => each.IsOurs).ToDictionary(each => each.Id, StringComparer.Ordinal);
        return
        [
            .. was.Keys.Except(now.Keys, StringComparer.Ordinal).Select(id => $"{id} is gone"),
            .. now.Keys.Except(was.Keys, StringComparer.Ordinal).Select(id => $"{id} is new"),
            .. now.Values.Where(each => was.ContainsKey(each.Id)).Select(each => ChangeOf(was[each.Id], each)).OfType<string>(),
        ];
    }

    private static string? ChangeOf(ClusterObject was, ClusterObject now) =>
        was.Uid != now.Uid ? $"{now.Id} was made anew"
        : was.Restarts != now.Restarts ? $"{now.Id} was restarted"
        : was.State != now.State ? $"{now.Id} was changed ({was.State} to {now.State})"
        : null;

    private static async Task<IReadOnlyList<string>> VersionsAsync(Kubernetes cluster, CancellationToken cancellationToken)
    {
        var groups = (await GetAsync(cluster, "apis", cancellationToken).ConfigureAwait(false))["groups"]!.AsArray();
        return
        [
            "api/v1",
            .. groups
                .Where(group => Text(group!, "name") != Measured)
                .Select(group => $"apis/{Text(group!["preferredVersion"]!, "groupVersion")}"),
        ];
    }

    private static bool IsListed(JsonNode? resource) =>
        resource is not null
        && !Text(resource, "name").Contains('/', StringComparison.Ordinal)
        && !Passing.Contains(Text(resource, "name"))
        && resource["verbs"]!.AsArray().Any(verb => verb!.GetValue<string>() == "list");

    internal static ClusterObject Of(string kind, JsonNode item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var metadata = item["metadata"]!;
        var space = metadata["namespace"]?.GetValue<string>();
        var state =
            FollowingPods.Contains(kind) ? string.Empty
            : WritingThemselves.Contains(kind) ? $"{item["spec"]?.ToJsonString()}"
            : metadata["generation"] is { } generation ? $"generation {generation}"
            : $"version {Text(metadata, "resourceVersion")}";
        var restarts =
            kind == "Pod"
                ? (item["status"]?["containerStatuses"]?.AsArray() ?? []).Sum(container => container!["restartCount"]!.GetValue<int>())
                : 0;
        return new ClusterObject(
            $"{kind} {(space is null ? string.Empty : space + "/")}{Text(metadata, "name")}",
            Text(metadata, "uid"),
            state,
            metadata["labels"]?[PartOf]?.GetValue<string>() == Platform,
            restarts
        );
    }

    private static async Task<JsonNode> GetAsync(Kubernetes cluster, string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await cluster.HttpClient.GetStringAsync(new Uri(cluster.BaseUri, path), cancellationToken).ConfigureAwait(false))!;

    private static string Text(JsonNode node, string key) => node[key]?.GetValue<string>() ?? string.Empty;
}
