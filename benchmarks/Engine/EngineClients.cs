using NBomber.Contracts;
using NBomber.CSharp;
using Verification.Load;
using Verification.Platform;

namespace Verification.Benchmarks.Engine;

/// <summary>What a step does, by each client.</summary>
internal static class EngineClients
{
    private static readonly HttpQuestion Question = new(HttpMethod.Get, "/");

    /// <summary>That of load steps.</summary>
    public static Func<Task<Response<object>>> Sockets(SocketTransport transport) =>
        async () =>
        {
            var answer = await transport.SendAsync(Question, CancellationToken.None).ConfigureAwait(false);
            return answer.Error is { } error ? Response.Fail(message: error.Message) : ResponseOf(answer.Status, answer.Body.Length);
        };

    /// <summary>The runtime's.</summary>
    public static Func<Task<Response<object>>> Handler(HttpMessageInvoker invoker, Uri address) =>
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await invoker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return ResponseOf((int)response.StatusCode, body.Length);
        };

    private static Response<object> ResponseOf(int status, int size) =>
        status == 200 && size == EngineLoad.Body.Length
            ? Response.Ok(statusCode: "200", sizeBytes: size)
            : Response.Fail(statusCode: $"{status}", message: $"{size} B");
}
