namespace Verification.Platform;

/// <summary>A request as it is to go over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query.</param>
public sealed record HttpQuestion(HttpMethod Method, string Path)
{
    /// <summary>The body, byte by byte; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Value of the header Content-Type, to the letter; null or empty for no such header.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the body is sent in chunks, without its length.</summary>
    public bool Chunked { get; init; }

    /// <summary>The request.</summary>
    /// <param name="service">Address of the service.</param>
    public HttpRequestMessage ToMessage(Uri service)
    {
        var message = new HttpRequestMessage(Method, new Uri(service, Path));
        Fill(message);
        return message;
    }

    /// <summary>Gives a request the body and the content type.</summary>
    public void Fill(HttpRequestMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Body is null)
            return;
        if (Chunked)
            message.Headers.TransferEncodingChunked = true;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is { Length: > 0 })
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">Status code; 0 without an answer.</param>
/// <param name="Body">The body as text (UTF-8).</param>
/// <param name="ContentType">Value of the header Content-Type, to the letter; null without one.</param>
/// <param name="Headers">Every header line.</param>
/// <param name="Error">Why there is no answer; null where there is one.</param>
public sealed record HttpAnswer(int Status, string Body, string? ContentType, IReadOnlyList<string> Headers, Exception? Error)
{
    /// <summary>No answer.</summary>
    public static HttpAnswer None(Exception error) => new(0, string.Empty, null, [], error);
}
