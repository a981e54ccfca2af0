using System.Diagnostics;
using Verification.Stomp;

namespace SportBuff.Dashboard.Publishing;

/// <summary>Publishes buffs over one shared connection, which it replaces when it ends.</summary>
internal sealed class BuffPublisher(StompOptions options, ILogger<BuffPublisher> logger, IHostApplicationLifetime lifetime) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);
    private readonly CancellationTokenSource ended = new();
    private readonly Lock changing = new();
    private TaskCompletionSource<StompConnection> current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task keeping = Task.CompletedTask;

    /// <summary>Whether a connection stands.</summary>
    public bool IsConnected => current.Task.IsCompletedSuccessfully;

    /// <summary>Starts to connect, and to connect again whenever the connection ends.</summary>
    public void Start() => keeping = Task.Run(KeepConnectedAsync);

    /// <summary>Publishes a message, and returns once the broker has confirmed it.</summary>
    /// <exception cref="BrokerUnavailableException">No broker confirmed it within 4 s. Whether it has the message is not known.</exception>
    public async Task PublishAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        KeyValuePair<string, string>[] headers =
        [
            new("persistent", "true"),
            new("content-type", "application/json"),
            new("buff-id", Guid.CreateVersion7().ToString("N")),
        ];
        StompConnection? used = null;
        try
        {
            used = await current.Task.WaitAsync(deadline.Token);
            await used.SendAsync(BrokerOptions.Queue, body, headers, deadline.Token);
        }
        catch (Exception e) when (e is StompException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A connection that did not confirm is not trusted with the next message, and the client does not wait for its farewell.
            used?.Abort();
            throw new BrokerUnavailableException(e);
        }
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
                var connection = await StompClient.ConnectAsync(options, ended.Token);
                logger.LogInformation("Connected to the broker {Peer} in {Milliseconds} ms", connection.Peer, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                current.TrySetResult(connection);
                pause = FirstPause;
                var cause = await connection.Closed.WaitAsync(ended.Token);
                Renew();
                await connection.DisposeAsync();
                if (!lifetime.ApplicationStopping.IsCancellationRequested)
                    logger.LogWarning("The connection to the broker ended: {Cause}", cause.Message);
            }
            catch (StompException e)
            {
                logger.LogWarning("No connection to the broker, next try in {Milliseconds} ms: {Cause}", pause.TotalMilliseconds, e.Message);
                await Task.Delay(pause, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Renew()
    {
        lock (changing)
            current = new TaskCompletionSource<StompConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>No broker has confirmed a message.</summary>
internal sealed class BrokerUnavailableException(Exception cause) : Exception("No broker has confirmed the message.", cause);
