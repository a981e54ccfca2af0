using System.Net.Http.Json;
using System.Text.Json;

namespace Verification.Observability;

/// <summary>A running Elasticsearch, asked over its HTTP API by plain JSON.</summary>
public sealed class ElasticsearchApi : IDisposable
{
    /// <summary>The most lines of one answer.</summary>
    public const int Most = 10_000;

    private const string RefusesWrites = "index.blocks.read_only_allow_delete";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;

    /// <summary>Makes a client.</summary>
    /// <param name="elasticsearch">Its address.</param>
    public ElasticsearchApi(Uri elasticsearch) =>
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = elasticsearch, Timeout = Deadline };

    /// <summary>The lines of a stream in which a field has a value: all words of it, where the field is a text.</summary>
    /// <param name="stream">The data stream; none of its lines where there is no such.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>At most <see cref="Most"/> of them.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<StoredLine>> FindAsync(string stream, string field, string value, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, object>(StringComparer.Ordinal) { [field] = new { query = value, @operator = "and" } };
        var hits = await SearchAsync(stream, new { size = Most, query = new { match = query } }, cancellationToken).ConfigureAwait(false);
        return
        [
            .. hits.GetProperty("hits")
                .EnumerateArray()
                .Select(hit => hit.GetProperty("_source"))
                .Select(source => new StoredLine(
                    source.TryGetProperty("kubernetes", out var place) && place.TryGetProperty("pod", out var pod) ? pod.GetString() : null,
                    source.GetProperty("message").GetString()!,
                    source.GetRawText()
                )),
        ];
    }

    /// <summary>How many lines of a stream <see cref="FindAsync"/> would give, however many they are.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<long> CountAsync(string stream, string field, string value, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, object>(StringComparer.Ordinal) { [field] = new { query = value, @operator = "and" } };
        var hits = await SearchAsync(
                stream,
                new
                {
                    size = 0,
                    track_total_hits = true,
                    query = new { match = query },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return hits.GetProperty("total").GetProperty("value").GetInt64();
    }

    /// <summary>Lets it refuse (429) or take what is written to a stream, as it does by itself when its disk is nearly full.</summary>
    /// <param name="stream">The data stream.</param>
    /// <param name="refuses">Whether it refuses.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task RefuseAsync(string stream, bool refuses, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, bool?>(StringComparer.Ordinal) { [RefusesWrites] = refuses ? true : null };
        using var answer = await http.PutAsJsonAsync(new Uri($"{stream}/_settings", UriKind.Relative), settings, cancellationToken)
            .ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Whether it refuses what is written to a stream.</summary>
    /// <param name="stream">The data stream.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<bool> RefusesAsync(string stream, CancellationToken cancellationToken)
    {
        var indices = await http.GetFromJsonAsync<JsonElement>(
                new Uri($"{stream}/_settings?flat_settings=true&ignore_unavailable=true", UriKind.Relative),
                cancellationToken
            )
            .ConfigureAwait(false);
        return indices
            .EnumerateObject()
            .Any(index =>
                index.Value.GetProperty("settings").TryGetProperty(RefusesWrites, out var refuses) && refuses.GetString() == "true"
            );
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SearchAsync(string stream, object search, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
                new Uri($"{stream}/_search?ignore_unavailable=true", UriKind.Relative),
                search,
                cancellationToken
            )
            .ConfigureAwait(false);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"Elasticsearch answered a search in {stream} with {(int)answer.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("hits").Clone();
    }
}
