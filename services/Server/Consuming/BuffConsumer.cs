using SportBuff.Server.Caching;
using SportBuff.Server.Storage;
using Verification.Stomp;

namespace SportBuff.Server.Consuming;

/// <summary>Takes buffs from the queue: stores all that have come, then invalidates the cache, then acknowledges. What is not stored is
/// never acknowledged.</summary>
internal sealed class BuffConsumer(
    BrokerList brokers,
    IBuffTable table,
    ListCache cache,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<BuffConsumer> logger
) : BackgroundService
{
    private const string DeadLetters = "DLQ.buffs";
    private const int Prefetch = 32;
    private const int WindowBytes = 65536;
    private const int LongestCause = 512;

    // As many small messages as Artemis may send ahead in its window: with less room the receipts behind them could not be read.
    private const int Capacity = WindowBytes / 64;
    private static readonly string[] Kept = ["content-type", "buff-id", TraceParent.Header];
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Whether messages can come.</summary>
    public bool IsSubscribed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The web server does not wait for MySQL and the broker.
        await Task.Yield();
        try
        {
            await RetryAsync("MySQL", () => table.PrepareAsync(stoppingToken), stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
                await RetryAsync("the broker", () => ConsumeAsync(stoppingToken), stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop: what was in hand is finished, or it was not acknowledged and comes again.
        }
    }

    private async Task ConsumeAsync(CancellationToken stoppingToken)
    {
        await using var connection = await brokers.ConnectAsync(stoppingToken);
        var subscription = await SubscribeAsync(connection, stoppingToken);
        logger.LogInformation("Subscribed to {Queue} of {Peer}", BrokerOptions.Queue, connection.Peer);
        SetSubscribed(true);
        try
        {
            await foreach (var message in subscription.WithCancellation(stoppingToken))
            {
                List<StompMessage> batch = [message];
                while (batch.Count < Prefetch && subscription.TryTake(out var next))
                    batch.Add(next);
                // What is in hand is finished, whatever else ends.
                await TakeAsync(connection, batch, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            SetSubscribed(false);
        }
    }

    private async Task<StompSubscription> SubscribeAsync(StompConnection connection, CancellationToken stoppingToken)
    {
        KeyValuePair<string, string>[] headers =
        [
            new("activemq.prefetchSize", $"{Prefetch}"),
            new("consumer-window-size", $"{WindowBytes}"),
        ];
        try
        {
            return await connection.SubscribeAsync(
                BrokerOptions.Queue,
                StompAcknowledge.ClientIndividual,
                headers,
                Capacity,
                stoppingToken
            );
        }
        catch (StompException)
        {
            brokers.PassOver(connection);
            throw;
        }
    }

    private async Task TakeAsync(StompConnection connection, IReadOnlyList<StompMessage> batch, CancellationToken stoppingToken)
    {
        List<(StompMessage Message, QueuedBuff Queued)> buffs = [];
        List<(StompMessage Message, string Cause)> poison = [];
        foreach (var message in batch)
        {
            if (BuffMessage.Read(message, out var cause) is { } queued)
                buffs.Add((message, queued));
            else
                poison.Add((message, cause));
        }

        // The good ones first: they don't wait for the others to be buried, nor suffer if that fails.
        poison.AddRange(await StoreAsync(connection, buffs, stoppingToken));
        foreach (var (message, cause) in poison)
            await BuryAsync(connection, message, cause);
    }

    /// <summary>Stores buffs and acknowledges them.</summary>
    /// <returns>Those that can't be stored, each with its cause: they are not acknowledged.</returns>
    private async Task<IReadOnlyList<(StompMessage Message, string Cause)>> StoreAsync(
        StompConnection connection,
        IReadOnlyList<(StompMessage Message, QueuedBuff Queued)> buffs,
        CancellationToken stoppingToken
    )
    {
        if (buffs.Count == 0)
            return [];
        IReadOnlyList<int> rows = [];
        try
        {
            await RetryAsync(
                "MySQL",
                async () => rows = await table.AddAsync([.. buffs.Select(each => each.Queued)], CancellationToken.None),
                stoppingToken
            );
        }
        catch (BuffRefusedException e) when (buffs.Count == 1)
        {
            return [(buffs[0].Message, e.Message)];
        }
        catch (BuffRefusedException)
        {
            // One of them can't be stored: each by itself, so that only that one is buried.
            List<(StompMessage Message, string Cause)> refused = [];
            foreach (var buff in buffs)
                refused.AddRange(await StoreAsync(connection, [buff], stoppingToken));
            return refused;
        }

        foreach (var ((message, _), count) in buffs.Zip(rows))
            Note(message, count);
        await cache.InvalidateAsync();
        await Task.WhenAll(buffs.Select(each => connection.AckAsync(each.Message, CancellationToken.None)));
        return [];
    }

    private void Note(StompMessage message, int rows)
    {
        logger.LogInformation("A buff was stored in {Rows} row, trace {trace_id}", rows, Trace(message).TraceId);
        if (rows == 0)
        {
            metrics.Duplicates.Inc();
            return;
        }

        metrics.Stored.Inc();
        if (BuffMessage.Published(message) is { } published)
            metrics.Lag.Observe(Math.Max(0, (time.GetUtcNow() - published).TotalSeconds));
    }

    /// <summary>Lays a message that can't be stored into the dead-letter queue, with its cause. Never NACK: Artemis would drop
    /// it.</summary>
    private async Task BuryAsync(StompConnection connection, StompMessage message, string cause)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("persistent", "true"),
            new("cause", cause[..Math.Min(cause.Length, LongestCause)]),
        ];
        headers.AddRange(
            Kept.Where(name => message.Headers[name] is not null).Select(name => KeyValuePair.Create(name, message.Headers[name]!))
        );
        await connection.SendAsync(DeadLetters, message.Body, headers, CancellationToken.None);
        metrics.DeadLetters.Inc();
        logger.LogWarning(
            "The message {Id} lies in {Queue}, trace {trace_id}: {Cause}",
            message.Id,
            DeadLetters,
            Trace(message).TraceId,
            cause
        );
        await connection.AckAsync(message, CancellationToken.None);
    }

    private static TraceParent Trace(StompMessage message) => TraceParent.Continue(message.Headers[TraceParent.Header]);

    private void SetSubscribed(bool subscribed)
    {
        IsSubscribed = subscribed;
        metrics.Subscribed.Set(subscribed ? 1 : 0);
    }

    /// <summary>Tries until it succeeds or the service stops, with growing pauses.</summary>
    private async Task RetryAsync(string what, Func<Task> attempt, CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            var since = time.GetTimestamp();
            try
            {
                await attempt();
                return;
            }
            // Whatever has gone wrong: what was not stored is tried again, and the Server lives on.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is not BuffRefusedException)
            {
                // What went well for long has not failed again and again.
                if (time.GetElapsedTime(since) > LongestPause)
                    pause = FirstPause;
                logger.LogWarning("Waiting for {What}, next try in {Milliseconds} ms: {Cause}", what, pause.TotalMilliseconds, e.Message);
                await Task.Delay(pause, time, stoppingToken);
            }
        }
    }
}
