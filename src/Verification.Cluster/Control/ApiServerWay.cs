using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using k8s.Autorest;
using Verification.Objectives;
using Verification.Stack.Control;

namespace Verification.Cluster.Control;

/// <summary>The way to a cluster's pods, all of which leads through its API server. Who answers with an error of a pod is there; who does
/// not answer, or breaks off, is not.</summary>
/// <param name="time">The clock.</param>
internal sealed class ApiServerWay(TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentQueue<BrokenWay> breaks = new();
    private Task watching = Task.CompletedTask;

    /// <summary>Its breaks so far.</summary>
    public IReadOnlyList<BrokenWay> Breaks => [.. breaks];

    /// <summary>Asks again and again whether the API server is there, until it is disposed: of a way that swallows everything nothing else
    /// tells before a request's own deadline.</summary>
    /// <param name="ask">A question that any server answers.</param>
    public void Watch(Func<CancellationToken, Task> ask) => watching = WatchAsync(ask);

    /// <summary>Notes a break.</summary>
    /// <param name="why">What was seen.</param>
    public void Broke(string why) => breaks.Enqueue(new BrokenWay(time.GetUtcNow(), Quotation.Of(why)));

    /// <summary>What a failure of a question to the API server says of the way to it; null where it says nothing: it was answered, and the
    /// answer is about what was asked for.</summary>
    public static string? BreakOf(Exception failure) =>
        failure switch
        {
            HttpOperationException { Response.StatusCode: var status } => status
                is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.TooManyRequests
                    or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.GatewayTimeout
                ? $"the API server answered {(int)status}"
                : null,
            HttpRequestException or SocketException or WebSocketException or TaskCanceledException { InnerException: TimeoutException } =>
                $"the API server does not answer: {failure.GetBaseException().Message}",
            _ => null,
        };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task WatchAsync(Func<CancellationToken, Task> ask)
    {
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            limit.CancelAfter(Patience);
            try
            {
                await ask(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !over.IsCancellationRequested)
            {
                Broke($"the API server did not answer within {Patience.TotalSeconds:0} s");
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Forbidden || BreakOf(e) is null)
            {
                // It answers, though this user may not ask that: whoever takes that for a break never sees a failure.
            }
            catch (Exception e) when (BreakOf(e) is { } why)
            {
                Broke(why);
            }

            await Task.Delay(Pace, time, over.Token).ConfigureAwait(false);
        }
    }
}
