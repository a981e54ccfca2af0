using System.Text.Json;
using MySqlConnector;
using SportBuff.Server.Caching;
using SportBuff.Server.Storage;
using Verification.Stomp;

namespace SportBuff.Server.Consuming;

/// <summary>Takes buffs from the queue: stores all that have come, then invalidates the cache, then acknowledges. What is not stored is never acknowledged.</summary>
internal sealed class BuffConsumer(StompOptions options, BuffStore store, ListCache cache, ILogger<BuffConsumer> logger) : BackgroundService
{
    private const string DeadLetters = "DLQ.buffs";
    private const int Prefetch = 32;
    private const int WindowBytes = 65536;

    // As many small messages as Artemis may send ahead in its window: with less room the receipts behind them could not be read.
    private const int Capacity = WindowBytes / 64;
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
            await RetryAsync("MySQL", () => store.PrepareAsync(stoppingToken), stoppingToken);
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
        await using var connection = await StompClient.ConnectAsync(options, stoppingToken);
        KeyValuePair<string, string>[] headers = [new("activemq.prefetchSize", $"{Prefetch}"), new("consumer-window-size", $"{WindowBytes}")];
        var subscription = await connection.SubscribeAsync(BrokerOptions.Queue, StompAcknowledge.ClientIndividual, headers, Capacity, stoppingToken);
        logger.LogInformation("Subscribed to {Queue} of {Peer}", BrokerOptions.Queue, connection.Peer);
        IsSubscribed = true;
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
            IsSubscribed = false;
        }
    }

    private async Task TakeAsync(StompConnection connection, IReadOnlyList<StompMessage> batch, CancellationToken stoppingToken)
    {
        var queued = batch.Select(message => (Message: message, Buff: Read(message))).ToList();
        foreach (var (message, _) in queued.Where(each => each.Buff is null))
            await BuryAsync(connection, message, "no buff: expected JSON with question and answers");

        var buffs = queued.Where(each => each.Buff is not null).Select(each => (each.Message, Queued: new QueuedBuff(each.Buff!, each.Message.Headers["buff-id"] ?? each.Message.Id))).ToList();
        try
        {
            await StoreAsync([.. buffs.Select(each => each.Queued)], stoppingToken);
        }
        catch (MySqlException e) when (buffs.Count == 1 && BuffStore.IsRefusal(e))
        {
            await BuryAsync(connection, buffs[0].Message, e.Message);
        }
        catch (MySqlException e) when (BuffStore.IsRefusal(e))
        {
            // One of them can't be stored: each by itself, so that only that one is buried.
            foreach (var message in batch)
                await TakeAsync(connection, [message], stoppingToken);
            return;
        }

        await cache.InvalidateAsync();
        await Task.WhenAll(batch.Select(message => connection.AckAsync(message, CancellationToken.None)));
    }

    private Task StoreAsync(IReadOnlyList<QueuedBuff> buffs, CancellationToken stoppingToken) => buffs.Count == 0
        ? Task.CompletedTask
        : RetryAsync("MySQL", () => store.AddAsync(buffs, CancellationToken.None), stoppingToken);

    /// <summary>Lays a message that can't be stored into the dead-letter queue, with its cause. Never NACK: Artemis would drop it.</summary>
    private async Task BuryAsync(StompConnection connection, StompMessage message, string cause)
    {
        KeyValuePair<string, string>[] headers = [new("persistent", "true"), new("cause", cause)];
        await connection.SendAsync(DeadLetters, message.Body, headers, CancellationToken.None);
        logger.LogWarning("The message {Id} lies in {Queue}: {Cause}", message.Id, DeadLetters, cause);
    }

    private static Buff? Read(StompMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Body.Span, ServerJson.Default.Buff);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tries until it succeeds or the service stops, with growing pauses.</summary>
    private async Task RetryAsync(string what, Func<Task> attempt, CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                await attempt();
                return;
            }
            // Whatever has gone wrong: what was not stored is tried again, and the Server lives on.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && !BuffStore.IsRefusal(e))
            {
                logger.LogWarning("Waiting for {What}, next try in {Milliseconds} ms: {Cause}", what, pause.TotalMilliseconds, e.Message);
                await Task.Delay(pause, stoppingToken);
            }
        }
    }
}
