using System.Text.Json;
using MySqlConnector;
using SportBuff.Server.Caching;
using SportBuff.Server.Storage;
using Verification.Stomp;

namespace SportBuff.Server.Consuming;

/// <summary>Takes buffs from the queue: stores each, then invalidates the cache, then acknowledges. What is not stored is never acknowledged.</summary>
internal sealed class BuffConsumer(StompOptions options, BuffStore store, ListCache cache, ILogger<BuffConsumer> logger) : BackgroundService
{
    private const string DeadLetters = "DLQ.buffs";
    private const int Prefetch = 32;
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
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop: what is in hand has been finished.
        }
    }

    private static bool IsOutage(Exception e) => e is StompException or MySqlException;

    private async Task ConsumeAsync(CancellationToken stoppingToken)
    {
        await using var connection = await StompClient.ConnectAsync(options, stoppingToken);
        KeyValuePair<string, string>[] headers = [new("activemq.prefetchSize", $"{Prefetch}"), new("consumer-window-size", "65536")];
        var subscription = await connection.SubscribeAsync(BrokerOptions.Queue, StompAcknowledge.ClientIndividual, headers, Prefetch, stoppingToken);
        logger.LogInformation("Subscribed to {Queue} of {Peer}", BrokerOptions.Queue, connection.Peer);
        IsSubscribed = true;
        try
        {
            await foreach (var message in subscription.WithCancellation(stoppingToken))
            {
                // The message in hand is finished, whatever else ends.
                await TakeAsync(connection, message, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            IsSubscribed = false;
        }
    }

    private async Task TakeAsync(StompConnection connection, StompMessage message, CancellationToken stoppingToken)
    {
        if (Read(message) is { } buff)
        {
            var key = message.Headers["buff-id"] ?? message.Id;
            await RetryAsync("MySQL", () => store.AddAsync(buff, key, CancellationToken.None), stoppingToken);
            await cache.InvalidateAsync();
        }
        else
        {
            // Never NACK: Artemis would drop the message.
            KeyValuePair<string, string>[] headers = [new("persistent", "true"), new("cause", "no buff: expected JSON with question and answers")];
            await connection.SendAsync(DeadLetters, message.Body, headers, CancellationToken.None);
            logger.LogWarning("The message {Id} is no buff; it lies in {Queue}", message.Id, DeadLetters);
        }

        await connection.AckAsync(message, CancellationToken.None);
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
            catch (Exception e) when (IsOutage(e))
            {
                logger.LogWarning("Waiting for {What}, next try in {Milliseconds} ms: {Cause}", what, pause.TotalMilliseconds, e.Message);
                await Task.Delay(pause, stoppingToken);
            }
        }
    }
}
