using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Verification.Infrastructure.Simulator;

/// <summary>The calls of AWS that a check of an applied infrastructure makes, on the wire of their services. Nothing is signed: the
/// simulator takes from a signature the service and region alone.</summary>
/// <param name="client">Sends them.</param>
/// <param name="address">Address of every service.</param>
public sealed class AwsCalls(HttpClient client, Uri address)
{
    /// <summary>Calls a service whose protocol is JSON.</summary>
    /// <param name="service">Name of the service as a signature has it.</param>
    /// <param name="region">The region.</param>
    /// <param name="target">Name of the call, with that of its interface.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused; the message has the answer.</exception>
    public async Task<JsonElement> CallAsync(
        string service,
        string region,
        string target,
        object arguments,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(arguments), Encoding.UTF8),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", target);
        using var document = JsonDocument.Parse(await AnswerAsync(request, service, region, cancellationToken).ConfigureAwait(false));
        return document.RootElement.Clone();
    }

    /// <summary>Reads from a service whose protocol is REST, answered in JSON.</summary>
    /// <param name="service">Name of the service as a signature has it.</param>
    /// <param name="region">The region.</param>
    /// <param name="path">Path of what is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused; the message has the answer.</exception>
    public async Task<JsonElement> CallAsync(string service, string region, string path, CancellationToken cancellationToken)
    {
        using var request = Reading(service, region, path);
        using var document = JsonDocument.Parse(await AnswerAsync(request, service, region, cancellationToken).ConfigureAwait(false));
        return document.RootElement.Clone();
    }

    /// <summary>Reads from a service whose protocol is REST, answered in XML.</summary>
    /// <inheritdoc cref="CallAsync(string, string, string, CancellationToken)"/>
    public async Task<XDocument> GetAsync(string service, string region, string path, CancellationToken cancellationToken)
    {
        using var request = Reading(service, region, path);
        return XDocument.Parse(await AnswerAsync(request, service, region, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Calls a service whose protocol is a query, answered in XML.</summary>
    /// <param name="service">Name of the service as a signature has it.</param>
    /// <param name="region">The region.</param>
    /// <param name="query">Name and arguments of the call.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused; the message has the answer.</exception>
    public async Task<XDocument> QueryAsync(string service, string region, string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(query, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        return XDocument.Parse(await AnswerAsync(request, service, region, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Names of all buckets.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task<IReadOnlyList<string>> BucketsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = XDocument.Parse(await AnswerAsync(request, "s3", "us-east-1", cancellationToken).ConfigureAwait(false));
        return
        [
            .. answer
                .Descendants()
                .Where(element => element.Name.LocalName == "Bucket")
                .SelectMany(bucket => bucket.Elements())
                .Where(part => part.Name.LocalName == "Name")
                .Select(name => name.Value),
        ];
    }

    /// <summary>Makes a bucket.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task MakeBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(address, $"/{bucket}"));
        await AnswerAsync(request, "s3", "us-east-1", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an object.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="key">Name of the object.</param>
    /// <param name="content">What it is to hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Id of its version; null where the bucket keeps none.</returns>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task<string?> PutObjectAsync(string bucket, string key, string content, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        using var request = Signed(
            new HttpRequestMessage(HttpMethod.Put, new Uri(address, $"/{bucket}/{key}")) { Content = new ByteArrayContent(bytes) },
            "s3",
            "us-east-1"
        );
        // A bucket with a lock demands it.
        request.Headers.Add("x-amz-sdk-checksum-algorithm", "SHA256");
        request.Headers.Add("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(bytes)));
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw await RefusalAsync("s3", "us-east-1", response, cancellationToken).ConfigureAwait(false);
        return response.Headers.TryGetValues("x-amz-version-id", out var versions) ? versions.First() : null;
    }

    /// <summary>Tries to delete a version of an object.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="key">Name of the object.</param>
    /// <param name="version">Id of the version.</param>
    /// <param name="bypassGovernance">Whether with the permission that opens a lock of the mode GOVERNANCE.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it was answered: 204 for one that is gone, 403 for one that is locked.</returns>
    public async Task<HttpStatusCode> DeleteVersionAsync(
        string bucket,
        string key,
        string version,
        bool bypassGovernance,
        CancellationToken cancellationToken
    )
    {
        using var request = Signed(
            new HttpRequestMessage(HttpMethod.Delete, new Uri(address, $"/{bucket}/{key}?versionId={version}")),
            "s3",
            "us-east-1"
        );
        if (bypassGovernance)
            request.Headers.Add("x-amz-bypass-governance-retention", "true");
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode;
    }

    /// <summary>Takes the policy from a bucket.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task DeleteBucketPolicyAsync(string bucket, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(address, $"/{bucket}?policy"));
        await AnswerAsync(request, "s3", "us-east-1", cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> AnswerAsync(HttpRequestMessage request, string service, string region, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(Signed(request, service, region), cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)
            : throw await RefusalAsync(service, region, response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HttpRequestException> RefusalAsync(
        string service,
        string region,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    ) =>
        new(
            $"{service} in {region} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}",
            null,
            response.StatusCode
        );

    // Paths of several services look alike; the simulator tells those of REST apart by their host.
    private HttpRequestMessage Reading(string service, string region, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.Host = $"{service}.{region}.amazonaws.com";
        return request;
    }

    private static HttpRequestMessage Signed(HttpRequestMessage request, string service, string region)
    {
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=simulator/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        return request;
    }
}
