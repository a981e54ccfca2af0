using System.Diagnostics;
using Verification.Stomp;

namespace SportBuff.Dashboard.Publishing;

/// <summary>Publishes buffs over one shared connection, which it replaces when it ends.</summary>
internal sealed class BuffPublisher(
    BrokerList brokers,
    PublishMetrics metrics,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<BuffPublisher> logger
) : IAsyncDisposable
{
    /// <summary>How long a POST may take, from waiting for a connection to the broker's word.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource ended = new();
    private TaskCompletionSource<StompConnection> current = New();
    private Task keeping = Task.CompletedTask;

    /// <summary>Whether a connection stands.</summary>
    public bool IsConnected => current.Task.IsCompletedSuccessfully;

    /// <summary>Starts to connect, and to connect again whenever the connection ends.</summary>
    public void Start() => keeping = Task.Run(KeepConnectedAsync);

    /// <summary>Publishes a message to one broker, and returns once it has confirmed it. A client that goes away does not take back what it
    /// has asked for: nothing cancels it.</summary>
    /// <exception cref="BrokerUnavailableException">No broker confirmed it within 4 s. Whether one has the message is not known, so no
    /// other was given it.</exception>
    public async Task PublishAsync(ReadOnlyMemory<byte> body, TraceParent trace)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        KeyValuePair<string, string>[] headers =
        [
            new("persistent", "true"),
            new("content-type", "application/json"),
            new("buff-id", Guid.CreateVersion7().ToString("N")),
            new(TraceParent.Header, trace.ToString()),
        ];
        StompConnection? used = null;
        try
        {
            used = await LiveAsync(deadline.Token);
            await used.SendAsync(BrokerOptions.Queue, body, headers, deadline.Token);
        }
        catch (Exception e) when (e is StompException or OperationCanceledException)
        {
            metrics.Failures.Inc();
            logger.LogWarning(
                "A buff was not published, trace {trace_id}: {Cause}",
                trace.TraceId,
                used is null ? "no broker was there to take it" : e.Message
            );
            if (used is not null)
                GiveUp(used);
            throw new BrokerUnavailableException(e);
        }

        metrics.Published.Inc();
        logger.LogInformation("A buff was published to {Peer}, trace {trace_id}", used.Peer, trace.TraceId);
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await keeping;
        if (IsConnected)
            await (await current.Task).DisposeAsync();
        ended.Dispose();
    }

    private async Task KeepConnectedAsync()
    {
        var pause = FirstPause;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var since = Stopwatch.GetTimestamp();
                var connection = await brokers.ConnectAsync(ended.Token);
                logger.LogInformation(
                    "Connected to the broker {Peer} in {Milliseconds} ms",
                    connection.Peer,
                    Stopwatch.GetElapsedTime(since).TotalMilliseconds
                );
                var standing = Volatile.Read(ref current);
                standing.TrySetResult(connection);
                metrics.Connected.Set(1);
                pause = FirstPause;
                var cause = await connection.Closed.WaitAsync(ended.Token);
                metrics.Connected.Set(0);
                Replace(standing);
                await connection.DisposeAsync();
                if (!lifetime.ApplicationStopping.IsCancellationRequested)
                    logger.LogWarning("The connection to the broker ended: {Cause}", cause.Message);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was: where this loop ends no buff is published again.
                logger.LogWarning("No connection to a broker, next try in {Milliseconds} ms: {Cause}", pause.TotalMilliseconds, e.Message);
                await Task.Delay(pause, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
    }

    /// <summary>The connection that stands. One that has ended before has certainly not taken the message: it goes to the next
    /// one.</summary>
    private async Task<StompConnection> LiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = Volatile.Read(ref current);
            var connection = await standing.Task.WaitAsync(cancellationToken);
            if (!connection.Closed.IsCompleted)
                return connection;
            Replace(standing);
        }
    }

    /// <summary>A connection that did not confirm is not trusted with the next message, and the client does not wait for its
    /// farewell.</summary>
    private void GiveUp(StompConnection connection)
    {
        brokers.PassOver(connection);
        connection.Abort();
    }

    /// <summary>The next connection is waited for, unless somebody waits for it already.</summary>
    private void Replace(TaskCompletionSource<StompConnection> ended) => Interlocked.CompareExchange(ref current, New(), ended);

    private static TaskCompletionSource<StompConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>No broker has confirmed a message.</summary>
internal sealed class BrokerUnavailableException(Exception cause) : Exception("No broker has confirmed the message.", cause);
