using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using Verification.Objectives;

namespace Verification.Stack.Images.Registries;

/// <summary>A registry by its own API (OCI distribution specification 1.1), for what an engine does not do: artifacts that refer to
/// images.</summary>
public sealed class RegistryClient : IDisposable
{
    private const string DockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string SubjectHeader = "OCI-Subject";
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(60);
    private readonly string host;
    private readonly HttpClient http;
    private readonly RegistryLogin login;
    private readonly string? problem;
    private AuthenticationHeaderValue? authorization;

    private RegistryClient(string host, HttpClient http, RegistryLogin login, string? problem) =>
        (this.host, this.http, this.login, this.problem) = (host, http, login, problem);

    /// <summary>Connects, with what <c>docker login</c> has left. One on loopback may speak plain HTTP, as engines allow it.</summary>
    /// <param name="host">Host, with its port if it has one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">None answers there.</exception>
    public static Task<RegistryClient> ConnectAsync(string host, CancellationToken cancellationToken) =>
        ConnectAsync(host, RegistryCredentials.FromEnvironment(), RegistryTrust.Folder, cancellationToken);

    /// <summary>Connects to the registry of an image.</summary>
    /// <inheritdoc cref="ConnectAsync(string, CancellationToken)" />
    public static Task<RegistryClient> ConnectAsync(ImageName image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ConnectAsync(image.Registry ?? "registry-1.docker.io", cancellationToken);
    }

    /// <inheritdoc cref="ConnectAsync(string, CancellationToken)" />
    internal static async Task<RegistryClient> ConnectAsync(
        string host,
        RegistryCredentials keeper,
        string authorities,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(host);
        var (credentials, problem) = await keeper.OfAsync(host, cancellationToken).ConfigureAwait(false);
        string[] schemes = IsLoopback(host) ? ["https", "http"] : ["https"];
        Exception? silence = null;
        foreach (var scheme in schemes)
        {
            var http = new HttpClient(RegistryTrust.Handler(host, authorities))
            {
                BaseAddress = new Uri($"{scheme}://{host}/v2/"),
                Timeout = AnswerDeadline,
            };
            try
            {
                using var answer = await http.GetAsync("", cancellationToken).ConfigureAwait(false);
                // Whoever speaks TLS answers plain HTTP, too, and says that it is wrong.
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized))
                    throw new HttpRequestException($"{scheme}://{host}/v2/ answers {(int)answer.StatusCode}, as no registry does");
                return new RegistryClient(host, http, new RegistryLogin(http, credentials), problem);
            }
            catch (Exception e) when (IsSilence(e, cancellationToken))
            {
                http.Dispose();
                // What TLS said counts where somebody speaks it.
                if (silence?.GetBaseException() is not AuthenticationException)
                    silence = e;
            }
        }

        throw new RegistryException(
            $"no registry answers at {host}: {silence!.GetBaseException().Message.TrimEnd('.')}. See that it runs, that its name is right, and that its certificate is trusted (/etc/docker/certs.d/{host}/ca.crt).",
            silence
        );
    }

    /// <summary>A manifest as the registry has it; null where it has none.</summary>
    /// <param name="repository">Path in the registry.</param>
    /// <param name="reference">Tag or digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The manifest, and its descriptor.</returns>
    /// <exception cref="RegistryException">It does not answer, refuses, or answers something else than was asked for.</exception>
    public async Task<(OciManifest Manifest, OciDescriptor Descriptor)?> ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancellationToken
    )
    {
        var what = $"the manifest {repository}:{reference}";
        using var answer = await AskAsync(
                what,
                () => Accepting(new HttpRequestMessage(HttpMethod.Get, $"{repository}/manifests/{reference}")),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        await MustSucceedAsync(answer, what, cancellationToken).ConfigureAwait(false);
        var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var descriptor = OciDescriptor.Of(answer.Content.Headers.ContentType?.MediaType ?? OciManifest.ManifestType, content);
        if (reference.Contains(':', StringComparison.Ordinal) && descriptor.Digest != reference)
            throw new RegistryException(
                $"registry {host} has {descriptor.Digest} under {repository}@{reference}: it is broken, or somebody between changes what it says. Use another."
            );
        return (Read(content, what), descriptor);
    }

    /// <summary>The tags of a repository, without those that list what refers to a manifest; none where there is no such
    /// repository.</summary>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<string>> TagsAsync(string repository, CancellationToken cancellationToken)
    {
        var what = $"the tags of {repository}";
        using var answer = await AskAsync(what, () => new HttpRequestMessage(HttpMethod.Get, $"{repository}/tags/list"), cancellationToken)
            .ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return [];
        await MustSucceedAsync(answer, what, cancellationToken).ConfigureAwait(false);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        return json.RootElement.GetProperty("tags") is { ValueKind: JsonValueKind.Array } tags
            ?
            [
                .. tags.EnumerateArray()
                    .Select(tag => tag.GetString()!)
                    .Where(tag => !tag.StartsWith(TagOf("sha256:"), StringComparison.Ordinal)),
            ]
            : [];
    }

    /// <summary>What is kept under a digest.</summary>
    /// <exception cref="RegistryException">It is not there, or it is something else.</exception>
    public async Task<byte[]> BlobAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        var what = $"{repository}@{digest}";
        using var answer = await AskAsync(
                what,
                () => new HttpRequestMessage(HttpMethod.Get, $"{repository}/blobs/{digest}"),
                cancellationToken
            )
            .ConfigureAwait(false);
        await MustSucceedAsync(answer, what, cancellationToken).ConfigureAwait(false);
        var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return OciDescriptor.DigestOf(content) == digest
            ? content
            : throw new RegistryException(
                $"registry {host} has something else under {what}: it is broken, or somebody between changes what it says. Use another."
            );
    }

    /// <summary>The artifacts of a kind that refer to a manifest.</summary>
    /// <param name="repository">Path in the registry.</param>
    /// <param name="subject">Digest of the manifest.</param>
    /// <param name="artifactType">Kind of artifact.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<OciManifest>> ReferrersAsync(
        string repository,
        string subject,
        string artifactType,
        CancellationToken cancellationToken
    )
    {
        var list = await ReferrerListAsync(repository, subject, cancellationToken).ConfigureAwait(false);
        var artifacts = new List<OciManifest>();
        foreach (var each in list.Where(each => each.ArtifactType == artifactType))
        {
            // A registry that collects its garbage may have forgotten what its list still names.
            if (await ManifestAsync(repository, each.Digest, cancellationToken).ConfigureAwait(false) is { } found)
                artifacts.Add(found.Manifest);
        }

        return artifacts;
    }

    /// <summary>Keeps files as an artifact that refers to a manifest: by the registry's API of referrers, else by the tag that stands for
    /// it.</summary>
    /// <param name="repository">Path in the registry.</param>
    /// <param name="subject">The manifest.</param>
    /// <param name="artifactType">Kind of artifact.</param>
    /// <param name="files">Name, media type and content of each file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The artifact's manifest.</returns>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task<OciDescriptor> AttachAsync(
        string repository,
        OciDescriptor subject,
        string artifactType,
        IReadOnlyList<(string Name, string MediaType, byte[] Content)> files,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        var layers = new List<OciDescriptor>();
        foreach (var (name, mediaType, content) in files)
            layers.Add(
                await PutBlobAsync(repository, mediaType, content, cancellationToken).ConfigureAwait(false) with
                {
                    Annotations = new Dictionary<string, string> { [OciDescriptor.TitleAnnotation] = name },
                }
            );
        var manifest = new OciManifest
        {
            MediaType = OciManifest.ManifestType,
            ArtifactType = artifactType,
            Config = await PutBlobAsync(repository, "application/vnd.oci.empty.v1+json", OciManifest.Empty, cancellationToken)
                .ConfigureAwait(false),
            Layers = layers,
            Subject = subject,
        };
        var (descriptor, isListed) = await PutManifestAsync(repository, null, manifest, cancellationToken).ConfigureAwait(false);
        if (isListed)
            return descriptor;
        // Two at once may lose one of their entries: the specification has no better way for such a registry.
        var list = await ReferrerListAsync(repository, subject.Digest, cancellationToken).ConfigureAwait(false);
        if (!list.Any(each => each.Digest == descriptor.Digest))
            await PutManifestAsync(
                    repository,
                    TagOf(subject.Digest),
                    new OciManifest
                    {
                        MediaType = OciManifest.IndexType,
                        Manifests = [.. list, descriptor with { ArtifactType = artifactType }],
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        return descriptor;
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    /// <summary>The tag that lists what refers to a manifest where the registry has no API of referrers.</summary>
    internal static string TagOf(string digest) => digest.Replace(':', '-');

    private static HttpRequestMessage Accepting(HttpRequestMessage request)
    {
        foreach (var type in new[] { OciManifest.ManifestType, OciManifest.IndexType, DockerManifestType })
            request.Headers.Accept.ParseAdd(type);
        return request;
    }

    private static OciManifest Read(ReadOnlySpan<byte> content, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<OciManifest>(content, OciManifest.Json) ?? throw new RegistryException($"{what} is empty.");
        }
        catch (JsonException e)
        {
            throw new RegistryException($"{what} is no manifest: {e.Message}", e);
        }
    }

    private static bool IsLoopback(string host) =>
        host.Split(':')[0] is var name
        && (name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)));

    private static bool IsSilence(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<IReadOnlyList<OciDescriptor>> ReferrerListAsync(
        string repository,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var what = $"what refers to {repository}@{subject}";
        using var answer = await AskAsync(
                what,
                () => Accepting(new HttpRequestMessage(HttpMethod.Get, $"{repository}/referrers/{subject}")),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == OciManifest.IndexType)
            return Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), what).Manifests ?? [];
        return (await ManifestAsync(repository, TagOf(subject), cancellationToken).ConfigureAwait(false))?.Manifest.Manifests ?? [];
    }

    /// <summary>Keeps some bytes.</summary>
    internal async Task<OciDescriptor> PutBlobAsync(
        string repository,
        string mediaType,
        byte[] content,
        CancellationToken cancellationToken
    )
    {
        var descriptor = OciDescriptor.Of(mediaType, content);
        var what = $"to keep {repository}@{descriptor.Digest}";
        using var known = await AskAsync(
                what,
                () => new HttpRequestMessage(HttpMethod.Head, $"{repository}/blobs/{descriptor.Digest}"),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (known.IsSuccessStatusCode)
            return descriptor;
        using var begun = await AskAsync(
                what,
                () => new HttpRequestMessage(HttpMethod.Post, $"{repository}/blobs/uploads/"),
                cancellationToken
            )
            .ConfigureAwait(false);
        await MustSucceedAsync(begun, what, cancellationToken).ConfigureAwait(false);
        var place = new Uri(
            http.BaseAddress!,
            begun.Headers.Location ?? throw new RegistryException($"registry {host} was asked {what} and names no place for it.")
        );
        var separator = place.Query.Length == 0 ? '?' : '&';
        using var kept = await AskAsync(
                what,
                () =>
                    With(
                        new HttpRequestMessage(HttpMethod.Put, $"{place}{separator}digest={Uri.EscapeDataString(descriptor.Digest)}"),
                        content,
                        "application/octet-stream"
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        await MustSucceedAsync(kept, what, cancellationToken).ConfigureAwait(false);
        return descriptor;
    }

    /// <summary>Keeps a manifest, under a tag or by its digest alone.</summary>
    /// <returns>What was kept, and whether the registry lists it by itself.</returns>
    internal async Task<(OciDescriptor Descriptor, bool IsListed)> PutManifestAsync(
        string repository,
        string? tag,
        OciManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(manifest, OciManifest.Json);
        var descriptor = OciDescriptor.Of(manifest.MediaType!, content);
        var what = $"to keep {repository}@{descriptor.Digest}";
        using var answer = await AskAsync(
                what,
                () =>
                    With(
                        new HttpRequestMessage(HttpMethod.Put, $"{repository}/manifests/{tag ?? descriptor.Digest}"),
                        content,
                        manifest.MediaType!
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        await MustSucceedAsync(answer, what, cancellationToken).ConfigureAwait(false);
        return (descriptor, answer.Headers.Contains(SubjectHeader));
    }

    private static HttpRequestMessage With(HttpRequestMessage request, byte[] content, string mediaType)
    {
        request.Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return request;
    }

    private async Task<HttpResponseMessage> AskAsync(string what, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (
                answer.StatusCode != HttpStatusCode.Unauthorized
                || await login.AnswerAsync(answer, cancellationToken).ConfigureAwait(false) is not { } header
            )
                return answer;
            answer.Dispose();
            authorization = header;
            return await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsSilence(e, cancellationToken))
        {
            throw new RegistryException(
                $"registry {host} was asked {what} and gave no answer: {e.GetBaseException().Message.TrimEnd('.')}. See that it runs.",
                e
            );
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var message = request();
        message.Headers.Authorization = authorization;
        return await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private async Task MustSucceedAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return;
        var said = RegistryErrors.Of(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var advice = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => problem is null ? $"Log in: docker login {host}" : $"{problem}. Log in: docker login {host}",
            HttpStatusCode.Forbidden => $"Log in as somebody with the right to it: docker login {host}",
            HttpStatusCode.MethodNotAllowed => "It takes nothing: use one that can be written.",
            _ => "See what it is and whether it is well.",
        };
        throw new RegistryException(
            $"registry {host} was asked {what} and answered {(int)answer.StatusCode}{(said.Length == 0 ? "" : $" ({said})")}. {advice}"
        );
    }
}
