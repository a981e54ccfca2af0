using System.Text;
using Prometheus;
using SportBuff;
using SportBuff.Dashboard.Publishing;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BuffPublisherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TraceParent Trace = TraceParent.Continue(null);
    private readonly ScriptedBroker broker = new();
    private readonly ScriptedBroker other = new();
    private readonly RunningLifetime lifetime = new();
    private readonly PublishMetrics metrics = new(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
    private readonly LogRecord<BuffPublisher> log = new();
    private readonly BuffPublisher publisher;

    public BuffPublisherTests()
    {
        publisher = new BuffPublisher(new BrokerList([broker.Options, other.Options]), metrics, broker.Time, lifetime, log);
        publisher.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        // The broker goes first: a farewell would wait for its word on a clock that stands still.
        await broker.DisposeAsync();
        await other.DisposeAsync();
        await publisher.DisposeAsync();
        lifetime.Dispose();
    }

    [Fact]
    public async Task A_buff_is_published_to_be_kept_and_is_done_with_the_brokers_receipt()
    {
        await LogInAsync();
        var publishing = PublishAsync();
        var frame = await broker.ExpectAsync(StompCommand.Send);
        Assert.False(publishing.IsCompleted, "it was done before the broker had confirmed it");
        await broker.ConfirmAsync(frame);
        await publishing.WaitAsync(Patience, Cancellation);

        Assert.Equal(
            ("buffs", "true", "application/json", "{}"),
            (
                frame.Headers["destination"],
                frame.Headers["persistent"],
                frame.Headers["content-type"],
                Encoding.UTF8.GetString(frame.Body.Span)
            )
        );
        Assert.NotEmpty(frame.Headers["buff-id"] ?? "");
        Assert.Equal((1, 0, 1), (metrics.Published.Value, metrics.Failures.Value, metrics.Connected.Value));
    }

    [Fact]
    public async Task Whatever_keeps_it_from_a_broker_it_tries_again()
    {
        var said = new LogRecord<BuffPublisher>();
        // No port of any machine: no failure of a connection, but one of its own kind.
        await using var lost = new BuffPublisher(
            new BrokerList([broker.Options with { Port = -1 }]),
            metrics,
            TimeProvider.System,
            lifetime,
            said
        );
        lost.Start();

        await UntilAsync(
            "it has tried three times",
            () => said.Messages.Count(line => line.Contains("No connection to a broker", StringComparison.Ordinal)) >= 3
        );
    }

    [Fact]
    public async Task The_trace_goes_with_the_buff_and_stands_in_the_log()
    {
        await LogInAsync();
        var publishing = PublishAsync();
        var frame = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(frame);
        await publishing.WaitAsync(Patience, Cancellation);

        Assert.Equal(Trace.ToString(), frame.Headers["traceparent"]);
        Assert.Equal(Trace.TraceId, log.Values("A buff was published", "trace_id").Single());
    }

    [Fact]
    public async Task Each_buff_has_an_id_of_its_own()
    {
        await LogInAsync();
        var publishing = Task.WhenAll(PublishAsync(), PublishAsync());
        var first = await broker.ExpectAsync(StompCommand.Send);
        var second = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(first);
        await broker.ConfirmAsync(second);
        await publishing.WaitAsync(Patience, Cancellation);

        Assert.NotEqual(first.Headers["buff-id"], second.Headers["buff-id"]);
    }

    [Fact]
    public async Task A_buff_the_broker_refuses_is_not_published()
    {
        await LogInAsync();
        var publishing = PublishAsync();
        await broker.ExpectAsync(StompCommand.Send);
        await broker.SayAsync("ERROR\nmessage:queue is full\n\n\0");

        var error = await Assert.ThrowsAsync<BrokerUnavailableException>(() => publishing.WaitAsync(Patience, Cancellation));
        Assert.IsType<StompErrorException>(error.InnerException);
    }

    [Fact]
    public async Task A_buff_without_receipt_is_not_published_nor_given_to_another_broker_which_has_the_next_one()
    {
        await LogInAsync();
        var publishing = PublishAsync();
        await broker.ExpectAsync(StompCommand.Send);
        broker.Time.Advance(broker.Options.ReceiptTimeout);
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => publishing.WaitAsync(Patience, Cancellation));
        Assert.Equal((0, 1), (metrics.Published.Value, metrics.Failures.Value));

        await LogInAsync(other);
        var next = PublishAsync();
        var frame = await other.ExpectAsync(StompCommand.Send);
        await other.ConfirmAsync(frame);
        await next.WaitAsync(Patience, Cancellation);
        Assert.Equal(1, metrics.Published.Value);
    }

    [Fact]
    public async Task A_buff_that_no_broker_is_there_to_take_fails_within_its_deadline()
    {
        await broker.ExpectAsync(StompCommand.Connect);
        var publishing = PublishAsync();
        broker.Time.Advance(BuffPublisher.Deadline);

        await Assert.ThrowsAsync<BrokerUnavailableException>(() => publishing.WaitAsync(Patience, Cancellation));
        Assert.Equal((1, 0), (metrics.Failures.Value, metrics.Connected.Value));
    }

    [Fact]
    public async Task After_the_broker_hung_up_a_buff_goes_to_the_next_connection()
    {
        await LogInAsync();
        await broker.HangUpAsync();

        await PublishesAgainAsync();
    }

    [Fact]
    public async Task Once_the_broker_hung_up_it_says_that_it_has_no_connection()
    {
        await LogInAsync();
        await UntilAsync("it is connected", () => publisher.IsConnected);
        await broker.HangUpAsync();

        await UntilAsync("it is not connected", () => !publisher.IsConnected);
    }

    [Fact]
    public async Task At_its_end_it_complains_of_no_broker()
    {
        var said = new LogRecord<BuffPublisher>();
        await using (var ending = new BuffPublisher(new BrokerList([other.Options]), metrics, TimeProvider.System, lifetime, said))
        {
            ending.Start();
            await other.ExpectAsync(StompCommand.Connect);
        }

        Assert.Empty(said.Messages);
    }

    [Fact]
    public async Task A_buff_that_comes_before_the_connection_waits_for_it()
    {
        var publishing = PublishAsync();
        await LogInAsync();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));

        await publishing.WaitAsync(Patience, Cancellation);
    }

    private Task PublishAsync() => publisher.PublishAsync(Wire.Bytes("{}"), Trace);

    private async Task PublishesAgainAsync()
    {
        await broker.AcceptAsync();
        await LogInAsync();
        var publishing = PublishAsync();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await publishing.WaitAsync(Patience, Cancellation);
    }

    private static Task UntilAsync(string state, Func<bool> reached) =>
        Verification.Stack.Readiness.Eventually.IsTrueAsync(state, Patience, _ => Task.FromResult(reached()), Cancellation);

    private Task LogInAsync() => LogInAsync(broker);

    private static async Task LogInAsync(ScriptedBroker broker)
    {
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
    }
}
