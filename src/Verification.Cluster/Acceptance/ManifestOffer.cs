using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Cluster.Manifests;
using Verification.Objectives;

namespace Verification.Cluster.Acceptance;

/// <summary>Offers manifests to an API server as they would be applied, strictly (a field that its kind does not have is refused); nothing
/// is kept (dry run).</summary>
public sealed class ManifestOffer
{
    private const string Strictly = "dryRun=All&fieldManager=verification&fieldValidation=Strict&force=true";
    private static readonly MediaTypeHeaderValue Apply = new("application/apply-patch+yaml");
    private readonly Kubernetes cluster;
    private readonly ServedKinds kinds;
    private readonly IReadOnlySet<string> own;
    private readonly HashSet<string> spaces = new(StringComparer.Ordinal);

    private ManifestOffer(Kubernetes cluster, ServedKinds kinds, IReadOnlySet<string> own) =>
        (this.cluster, this.kinds, this.own) = (cluster, kinds, own);

    /// <summary>Asks which groups an API server serves by itself, before it is given definitions of others.</summary>
    /// <param name="cluster">A cluster whose namespaces may be made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public static async Task<ManifestOffer> ToAsync(Kubernetes cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var own = await new ServedKinds(cluster).GroupsAsync(cancellationToken).ConfigureAwait(false);
        return new ManifestOffer(cluster, new ServedKinds(cluster), own);
    }

    /// <summary>Offers objects, in namespaces that are made for them.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="namespaceOf">The namespace of a release, for what does not say its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">The API server does not answer.</exception>
    public async Task<OfferedManifests> OfferAsync(
        IReadOnlyList<RenderedObject> objects,
        Func<string, string> namespaceOf,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(namespaceOf);
        var (refused, unseen) = (new List<string>(), new List<string>());
        foreach (var each in objects)
        {
            var manifest = each.Manifest;
            var version = manifest.Root.TextAt("apiVersion");
            if (await kinds.FindAsync(version, manifest.Kind, cancellationToken).ConfigureAwait(false) is { } kind)
            {
                var space = manifest.Namespace is { Length: > 0 } said ? said : namespaceOf(manifest.Release);
                if (await RefusalAsync(kind, space, each, cancellationToken).ConfigureAwait(false) is { } why)
                    refused.Add($"{manifest.File}: {manifest.Id} was refused: {why}");
            }
            else if (own.Contains(GroupOf(version)))
            {
                refused.Add($"{manifest.File}: {manifest.Id} is of {version}, which has no such kind");
            }
            else
            {
                unseen.Add($"{version} {manifest.Id}");
            }
        }

        return new OfferedManifests(objects.Count - unseen.Count, refused, unseen);
    }

    /// <summary>The group of a version; empty for that without a name.</summary>
    internal static string GroupOf(string version) =>
        version.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? version[..end] : string.Empty;

    /// <summary>Why an answer refuses, in the words of the API server.</summary>
    internal static string WhyOf(HttpStatusCode status, string body)
    {
        try
        {
            if (JsonNode.Parse(body).TextAt("message") is { Length: > 0 } message)
                return Quotation.Of(message);
        }
        catch (JsonException)
        {
            // It comes from somebody before the API server.
        }

        return $"{(int)status} {Quotation.Of(body)}".TrimEnd();
    }

    private async Task<string?> RefusalAsync(ServedKind kind, string space, RenderedObject each, CancellationToken cancellationToken)
    {
        if (kind.IsNamespaced && spaces.Add(space))
            await MakeAsync(space, cancellationToken).ConfigureAwait(false);
        using var content = new StringContent(each.Text, Apply);
        using var answer = await cluster
            .HttpClient.PatchAsync(
                new Uri(cluster.BaseUri, $"{kind.PlaceOf(space, each.Manifest.Name)}?{Strictly}"),
                content,
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? null
            : WhyOf(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task MakeAsync(string space, CancellationToken cancellationToken)
    {
        try
        {
            await cluster
                .CoreV1.CreateNamespaceAsync(
                    new V1Namespace { Metadata = new V1ObjectMeta { Name = space } },
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // It is there.
        }
    }
}

/// <summary>What became of objects that were offered to an API server.</summary>
/// <param name="Seen">How many it took or refused.</param>
/// <param name="Refused">Each that it refused: file, kind and name, and its reason.</param>
/// <param name="Unseen">Each whose kind it knows nothing of: nobody has given it the definition.</param>
public sealed record OfferedManifests(int Seen, IReadOnlyList<string> Refused, IReadOnlyList<string> Unseen);
