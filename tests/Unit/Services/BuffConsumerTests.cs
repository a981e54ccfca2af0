using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using SportBuff;
using SportBuff.Server;
using SportBuff.Server.Caching;
using SportBuff.Server.Consuming;
using SportBuff.Server.Storage;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>What the Server does with messages, whatever it is sent and whatever fails.</summary>
public sealed class BuffConsumerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private readonly ScriptedBroker broker = new();
    private readonly MemoryTable table = new();
    private readonly ScriptedList redis = new();
    private readonly ServerMetrics metrics = new(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
    private readonly LogRecord<BuffConsumer> log = new();
    private readonly ListCache cache;
    private readonly BuffConsumer consumer;
    private string subscription = "";

    public BuffConsumerTests()
    {
        // On a clock that stands still, the cache is waited for as long as a test wants.
        cache = new ListCache(redis, metrics, new FakeTimeProvider(), NullLogger<ListCache>.Instance);
        consumer = new BuffConsumer(new BrokerList([broker.Options]), table, cache, metrics, TimeProvider.System, log);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        // The broker goes first: a farewell would wait for its word on a clock that stands still.
        await broker.DisposeAsync();
        await consumer.StopAsync(Cancellation);
        consumer.Dispose();
        await cache.DisposeAsync();
    }

    [Fact]
    public async Task A_buff_is_stored_then_the_cache_invalidated_then_the_message_acknowledged()
    {
        await SubscribeAsync();
        await DeliverAsync(
            1,
            Buff("who"),
            ("buff-id", "b1"),
            ("timestamp", $"{DateTimeOffset.UtcNow.AddSeconds(-10).ToUnixTimeMilliseconds()}"),
            ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01")
        );
        var ack = await broker.ExpectAsync(StompCommand.Ack);

        Assert.Equal(("a1", "b1:who", 1), (ack.Headers["id"], Assert.Single(table.Rows), redis.Invalidations));
        Assert.Equal((1, 0, 0, 1), (metrics.Stored.Value, metrics.Duplicates.Value, metrics.DeadLetters.Value, metrics.Subscribed.Value));
        Assert.InRange(metrics.Lag.Sum, 9, 60);
        Assert.Equal((Trace, 1), (log.Values("A buff was stored", "trace_id").Single(), log.Values("A buff was stored", "Rows").Single()));
    }

    [Fact]
    public async Task The_subscription_acknowledges_each_by_itself_and_bounds_what_is_sent_ahead()
    {
        var frame = await SubscribeAsync();

        Assert.Equal(
            ("buffs", "client-individual", "32", "65536"),
            (
                frame.Headers["destination"],
                frame.Headers["ack"],
                frame.Headers["activemq.prefetchSize"],
                frame.Headers["consumer-window-size"]
            )
        );
    }

    [Fact]
    public async Task A_buff_that_is_delivered_again_is_acknowledged_and_counted_and_stays_one_row()
    {
        await SubscribeAsync();
        await DeliverAsync(1, Buff("who"), ("buff-id", "b1"));
        await ConfirmAckAsync();
        await DeliverAsync(2, Buff("who"), ("buff-id", "b1"));
        await ConfirmAckAsync();

        Assert.Single(table.Rows);
        Assert.Equal((1, 1), (metrics.Stored.Value, metrics.Duplicates.Value));
        Assert.Equal([1, 0], log.Values("A buff was stored", "Rows"));
    }

    [Theory]
    [InlineData("""{"question":"who","answers":[null]}""")]
    [InlineData("no JSON")]
    public async Task A_message_that_is_no_buff_is_buried_with_its_cause_and_then_acknowledged(string body)
    {
        await SubscribeAsync();
        await DeliverAsync(1, body, ("buff-id", "b1"), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        var buried = await broker.ExpectAsync(StompCommand.Send);
        Assert.Equal(
            ("DLQ.buffs", "true", body),
            (buried.Headers["destination"], buried.Headers["persistent"], Encoding.UTF8.GetString(buried.Body.Span))
        );
        Assert.StartsWith("no buff: ", buried.Headers["cause"], StringComparison.Ordinal);
        Assert.Equal(("b1", $"00-{Trace}-00f067aa0ba902b7-01"), (buried.Headers["buff-id"], buried.Headers["traceparent"]));
        await broker.ConfirmAsync(buried);
        await ConfirmAckAsync();

        Assert.Empty(table.Rows);
        Assert.Equal(1, metrics.DeadLetters.Value);
        Assert.Equal(Trace, log.Values("The message m1 lies in DLQ.buffs", "trace_id").Single());
    }

    [Fact]
    public async Task Poison_among_good_ones_holds_none_of_them_up_although_it_cannot_be_buried()
    {
        await SubscribeAsync();
        await DeliverAtOnceAsync((1, "no JSON"), (2, Buff("one")), (3, Buff("two")));
        await AcknowledgeAsync("a2", "a3");
        await broker.ExpectAsync(StompCommand.Send);
        await broker.SayAsync("ERROR\nmessage:no such queue\n\n\0");

        Assert.Equal(["zero", "one", "two"], table.Questions);
        Assert.Equal(0, metrics.DeadLetters.Value);
        await broker.HangUpAsync();
        await broker.AcceptAsync();
        await LogInAsync();
        await DeliverAsync(4, Buff("three"));
        await ConfirmAckAsync();
        Assert.Equal(["zero", "one", "two", "three"], table.Questions);
    }

    [Fact]
    public async Task A_buff_that_the_table_refuses_is_buried_alone()
    {
        table.Refused = "two";
        await SubscribeAsync();
        await DeliverAtOnceAsync((1, Buff("one")), (2, Buff("two")), (3, Buff("three")), (4, "no JSON"));
        await AcknowledgeAsync("a1", "a3");
        string[] causes = [await BuryAsync(), await BuryAsync()];

        Assert.Equal(["zero", "one", "three"], table.Questions);
        Assert.Equal([false, true], causes.Select(cause => cause == "refused"));
        Assert.Equal(2, metrics.DeadLetters.Value);
    }

    [Fact]
    public async Task While_the_table_is_away_nothing_is_acknowledged_and_everything_is_stored_once_it_is_back()
    {
        table.Outages = 3;
        await SubscribeAsync();
        await DeliverAsync(1, Buff("who"));
        await ConfirmAckAsync();

        Assert.Equal((0, "who"), (table.Outages, Assert.Single(table.Questions)));
    }

    [Fact]
    public async Task A_cache_that_is_away_holds_no_message_up()
    {
        redis.Request = () => throw new InvalidOperationException("The cache is away.");
        await SubscribeAsync();
        await DeliverAsync(1, Buff("who"));
        await ConfirmAckAsync();

        Assert.Single(table.Rows);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_cache_has_taken_the_invalidation()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.Request = () => taken.Task;
        await SubscribeAsync();
        await DeliverAsync(1, Buff("who"));
        var acknowledging = broker.ExpectAsync(StompCommand.Ack);
        // Somebody who does not wait for the cache would have acknowledged by then.
        await Task.WhenAny(acknowledging, Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation));
        Assert.False(acknowledging.IsCompleted, "it was acknowledged before the cache had taken the invalidation");
        taken.SetResult();

        await broker.ConfirmAsync(await acknowledging);
    }

    [Theory]
    [InlineData("""{"question":"who","answers":["me"]}""")]
    [InlineData("no JSON")]
    public async Task An_acknowledgement_that_the_broker_does_not_confirm_ends_the_connection(string body)
    {
        await SubscribeAsync();
        await DeliverAsync(1, body);
        if (body == "no JSON")
            await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await broker.ExpectAsync(StompCommand.Ack);
        broker.Time.Advance(broker.Options.ReceiptTimeout);
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Disconnect));

        await broker.AcceptAsync();
        await LogInAsync();
        Assert.Contains(log.Messages, line => line.Contains("Waiting for the broker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_is_told_to_end_in_hand_it_finishes_and_takes_no_more()
    {
        var (begun, away) = (new TaskCompletionSource(), new TaskCompletionSource());
        table.Adding = () =>
        {
            begun.TrySetResult();
            return away.Task;
        };
        await SubscribeAsync();
        await DeliverAsync(1, Buff("one"));
        await begun.Task.WaitAsync(Patience, Cancellation);
        await DeliverAsync(2, Buff("two"));
        var ending = consumer.StopAsync(Cancellation);
        away.SetResult();
        await ConfirmAckAsync();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Disconnect));
        await ending.WaitAsync(Patience, Cancellation);

        Assert.Equal(["one"], table.Questions);
    }

    [Fact]
    public async Task A_long_cause_is_cut()
    {
        table.Refused = "who";
        table.Cause = new string('x', 600);
        await SubscribeAsync();
        await DeliverAsync(1, Buff("who"));

        Assert.Equal(512, (await BuryAsync()).Length);
    }

    [Fact]
    public async Task At_its_end_it_complains_of_nothing()
    {
        table.Preparing = cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken);
        await consumer.StartAsync(Cancellation);
        await consumer.StopAsync(Cancellation);

        Assert.Empty(log.Messages);
    }

    [Fact]
    public async Task After_the_broker_hung_up_the_Server_subscribes_again_and_says_so_meanwhile()
    {
        await SubscribeAsync();
        await DeliverAsync(1, Buff("one"));
        await ConfirmAckAsync();
        Assert.True(consumer.IsSubscribed);
        await broker.HangUpAsync();
        await broker.AcceptAsync();
        Assert.False(consumer.IsSubscribed);
        Assert.Equal(0, metrics.Subscribed.Value);
        await LogInAsync();
        await DeliverAsync(2, Buff("two"));
        await ConfirmAckAsync();

        Assert.Equal(["one", "two"], table.Questions);
    }

    private static string Buff(string question) => $$"""{"question":"{{question}}","answers":["me"]}""";

    private async Task<StompFrame> SubscribeAsync()
    {
        await consumer.StartAsync(Cancellation);
        return await LogInAsync();
    }

    private async Task<StompFrame> LogInAsync()
    {
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
        var frame = await broker.ExpectAsync(StompCommand.Subscribe);
        subscription = frame.Headers["id"]!;
        await broker.ConfirmAsync(frame);
        return frame;
    }

    private Task DeliverAsync(int number, string body, params (string Name, string Value)[] headers) =>
        broker.SayAsync(Message(number, body, headers));

    /// <summary>Delivers messages that the Server finds there all at once: they come before the receipt it waits for.</summary>
    private async Task DeliverAtOnceAsync(params (int Number, string Body)[] messages)
    {
        await DeliverAsync(0, Buff("zero"));
        var ack = await broker.ExpectAsync(StompCommand.Ack);
        await broker.SayAsync(string.Concat(messages.Select(message => Message(message.Number, message.Body, []))));
        await broker.ConfirmAsync(ack);
    }

    private string Message(int number, string body, (string Name, string Value)[] headers) =>
        $"MESSAGE\nsubscription:{subscription}\nmessage-id:m{number}\nack:a{number}\ndestination:buffs\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{body}\0";

    private async Task ConfirmAckAsync() => await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Ack));

    private async Task AcknowledgeAsync(params string[] ids)
    {
        List<string?> acknowledged = [];
        foreach (var _ in ids)
        {
            var ack = await broker.ExpectAsync(StompCommand.Ack);
            acknowledged.Add(ack.Headers["id"]);
            await broker.ConfirmAsync(ack);
        }

        Assert.Equal(ids, acknowledged);
    }

    private async Task<string> BuryAsync()
    {
        var buried = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(buried);
        await ConfirmAckAsync();
        return buried.Headers["cause"]!;
    }

    private sealed class MemoryTable : IBuffTable
    {
        private readonly ConcurrentDictionary<string, string> stored = new();
        private readonly ConcurrentQueue<string> questions = new();

        /// <summary>How often it is away yet.</summary>
        public int Outages { get; set; }

        public string? Refused { get; set; }

        public string Cause { get; set; } = "refused";

        public Func<Task> Adding { get; set; } = () => Task.CompletedTask;

        public IEnumerable<string> Rows => stored.Select(row => $"{row.Key}:{row.Value}");

        public IEnumerable<string> Questions => questions;

        public Func<CancellationToken, Task> Preparing { get; set; } = _ => Task.CompletedTask;

        public Task PrepareAsync(CancellationToken cancellationToken) => Preparing(cancellationToken);

        public async Task<IReadOnlyList<int>> AddAsync(IReadOnlyList<QueuedBuff> buffs, CancellationToken cancellationToken)
        {
            await Adding();
            if (Outages > 0)
            {
                Outages--;
                throw new IOException("The table is away.");
            }

            if (buffs.Any(each => each.Buff.Question == Refused))
                throw new BuffRefusedException(new InvalidOperationException(Cause));
            var rows = buffs.Select(each => stored.TryAdd(each.Key, each.Buff.Question) ? 1 : 0).ToList();
            foreach (var ((buff, _), _) in buffs.Zip(rows).Where(each => each.Second == 1))
                questions.Enqueue(buff.Question);
            return rows;
        }
    }
}
