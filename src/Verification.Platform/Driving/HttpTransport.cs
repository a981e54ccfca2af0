using System.Text;

namespace Verification.Platform;

/// <summary>Requests over <see cref="HttpClient"/>: connections are kept alive, redirections are not followed, and no proxy of the
/// environment is asked.</summary>
public sealed class HttpTransport : IHttpTransport
{
    private readonly HttpClient client;
    private readonly Uri service;

    /// <summary>Makes a transport.</summary>
    /// <param name="service">Address of the service.</param>
    /// <param name="deadline">How long one request may take.</param>
    public HttpTransport(Uri service, TimeSpan deadline)
    {
        this.service = service;
        client = new HttpClient(NewHandler()) { Timeout = deadline };
    }

    /// <summary>How connections to services of the stack are made.</summary>
    public static SocketsHttpHandler NewHandler() =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
        };

    /// <inheritdoc />
    public async Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        using var message = question.ToMessage(service);
        try
        {
            using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            return HttpAnswer.None(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    /// <summary>The whole answer.</summary>
    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> headers =
        [
            .. response
                .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .Select(header => $"{header.Key}: {header.Value}"),
        ];
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        return new HttpAnswer((int)response.StatusCode, Encoding.UTF8.GetString(body), type, headers, null);
    }

    /// <summary>Whether an exception means that no answer came, and nobody wished the end.</summary>
    public static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
