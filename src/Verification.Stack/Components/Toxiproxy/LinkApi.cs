using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>What is asked of a Toxiproxy's HTTP API (https://github.com/Shopify/toxiproxy#http-api).</summary>
/// <param name="address">Its address.</param>
internal sealed class LinkApi(Uri address)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The toxics of each of its proxies, by name.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ToxicsAsync(CancellationToken cancellationToken)
    {
        var proxies = await Http.GetFromJsonAsync<Dictionary<string, JsonElement>>(At("proxies"), cancellationToken).ConfigureAwait(false);
        return proxies!.ToDictionary(
            proxy => proxy.Key,
            IReadOnlyList<string> (proxy) =>
                [.. proxy.Value.GetProperty("toxics").EnumerateArray().Select(toxic => toxic.GetProperty("name").GetString()!)],
            StringComparer.Ordinal
        );
    }

    /// <summary>Adds a toxic to a proxy.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public async Task AddAsync(string proxy, Toxic toxic, CancellationToken cancellationToken)
    {
        var body = new
        {
            name = toxic.Name,
            type = toxic.Type,
            stream = toxic.Stream,
            attributes = toxic.Attributes,
        };
        using var answer = await Http.PostAsJsonAsync(At($"proxies/{proxy}/toxics"), body, cancellationToken).ConfigureAwait(false);
        await RequireSuccessAsync(answer, $"{proxy} takes {toxic.Name}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a toxic away from a proxy, if it has it.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public async Task RemoveAsync(string proxy, string toxic, CancellationToken cancellationToken)
    {
        using var answer = await Http.DeleteAsync(At($"proxies/{proxy}/toxics/{toxic}"), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.NotFound)
            await RequireSuccessAsync(answer, $"{proxy} loses {toxic}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes all toxics away, and opens all proxies.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.PostAsync(At("reset"), content: null, cancellationToken).ConfigureAwait(false);
        await RequireSuccessAsync(answer, "reset", cancellationToken).ConfigureAwait(false);
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}"
            );
    }

    private Uri At(string path) => new(address, path);
}
