using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Verification.Cluster.Manifests;

namespace Verification.Cluster.Acceptance;

/// <summary>The kinds of objects that an API server serves; each version of a group is asked for once.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ServedKinds(Kubernetes cluster)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, ServedKind>> versions = new(StringComparer.Ordinal);

    /// <summary>The groups that it serves; that without a name among them.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlySet<string>> GroupsAsync(CancellationToken cancellationToken) =>
        (await GetAsync("apis", cancellationToken).ConfigureAwait(false))
            .ListAt("groups")
            .Select(group => group.TextAt("name"))
            .Append(string.Empty)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>A kind; null where it is not served in this version.</summary>
    /// <param name="version">Group and version, as an object names them: <c>apps/v1</c>.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">The API server does not answer, or refuses.</exception>
    public async Task<ServedKind?> FindAsync(string version, string kind, CancellationToken cancellationToken)
    {
        if (!versions.TryGetValue(version, out var kinds))
            versions[version] = kinds = await ListAsync(version, cancellationToken).ConfigureAwait(false);
        return kinds.GetValueOrDefault(kind);
    }

    private async Task<IReadOnlyDictionary<string, ServedKind>> ListAsync(string version, CancellationToken cancellationToken)
    {
        var path = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        try
        {
            return (await GetAsync(path, cancellationToken).ConfigureAwait(false))
                .ListAt("resources")
                // What is a part of another has a slash in its name.
                .Where(resource => !resource.TextAt("name").Contains('/', StringComparison.Ordinal))
                .ToDictionary(
                    resource => resource.TextAt("kind"),
                    resource => new ServedKind(path, resource.TextAt("name"), resource.At("namespaced")?.GetValue<bool>() == true),
                    StringComparer.Ordinal
                );
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return new Dictionary<string, ServedKind>(StringComparer.Ordinal);
        }
    }

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await cluster.HttpClient.GetStringAsync(new Uri(cluster.BaseUri, path), cancellationToken).ConfigureAwait(false));
}

/// <summary>A kind of objects, as an API server serves it.</summary>
/// <param name="Path">Where its version is.</param>
/// <param name="Name">Its name there: <c>deployments</c>.</param>
/// <param name="IsNamespaced">Whether its objects are in namespaces.</param>
internal sealed record ServedKind(string Path, string Name, bool IsNamespaced)
{
    /// <summary>Where an object of it is.</summary>
    /// <param name="space">Its namespace; of what is in none it does not count.</param>
    /// <param name="name">Its name.</param>
    public string PlaceOf(string space, string name) =>
        $"{Path}{(IsNamespaced ? $"/namespaces/{space}" : string.Empty)}/{Name}/{Uri.EscapeDataString(name)}";
}
