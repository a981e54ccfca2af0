using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SportBuff.Dashboard.Publishing;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BuffPublisherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();
    private readonly RunningLifetime lifetime = new();
    private readonly BuffPublisher publisher;

    public BuffPublisherTests()
    {
        publisher = new BuffPublisher(broker.Options, NullLogger<BuffPublisher>.Instance, lifetime);
        publisher.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        // The broker goes first: a farewell would wait for its word on a clock that stands still.
        await broker.DisposeAsync();
        await publisher.DisposeAsync();
        lifetime.Dispose();
    }

    [Fact]
    public async Task A_buff_is_published_to_be_kept_and_is_done_with_the_brokers_receipt()
    {
        await LogInAsync();
        var publishing = publisher.PublishAsync(Wire.Bytes("{}"), Cancellation);
        var frame = await broker.ExpectAsync(StompCommand.Send);
        Assert.False(publishing.IsCompleted, "it was done before the broker had confirmed it");
        await broker.ConfirmAsync(frame);
        await publishing.WaitAsync(Patience, Cancellation);

        Assert.Equal(("buffs", "true", "application/json", "{}"), (frame.Headers["destination"], frame.Headers["persistent"], frame.Headers["content-type"], Encoding.UTF8.GetString(frame.Body.Span)));
        Assert.NotEmpty(frame.Headers["buff-id"] ?? "");
    }

    [Fact]
    public async Task Each_buff_has_an_id_of_its_own()
    {
        await LogInAsync();
        var publishing = Task.WhenAll(publisher.PublishAsync(Wire.Bytes("{}"), Cancellation), publisher.PublishAsync(Wire.Bytes("{}"), Cancellation));
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
        var publishing = publisher.PublishAsync(Wire.Bytes("{}"), Cancellation);
        await broker.ExpectAsync(StompCommand.Send);
        await broker.SayAsync("ERROR\nmessage:queue is full\n\n\0");

        var error = await Assert.ThrowsAsync<BrokerUnavailableException>(() => publishing.WaitAsync(Patience, Cancellation));
        Assert.IsType<StompErrorException>(error.InnerException);
    }

    [Fact]
    public async Task A_buff_without_receipt_is_not_published_and_the_connection_is_replaced()
    {
        await LogInAsync();
        var publishing = publisher.PublishAsync(Wire.Bytes("{}"), Cancellation);
        await broker.ExpectAsync(StompCommand.Send);
        broker.Time.Advance(broker.Options.ReceiptTimeout);
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => publishing.WaitAsync(Patience, Cancellation));

        await PublishesAgainAsync();
    }

    [Fact]
    public async Task After_the_broker_hung_up_the_publisher_connects_again()
    {
        await LogInAsync();
        await broker.HangUpAsync();

        await PublishesAgainAsync();
    }

    [Fact]
    public async Task A_buff_that_comes_before_the_connection_waits_for_it()
    {
        var publishing = publisher.PublishAsync(Wire.Bytes("{}"), Cancellation);
        await LogInAsync();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));

        await publishing.WaitAsync(Patience, Cancellation);
    }

    private async Task PublishesAgainAsync()
    {
        await broker.AcceptAsync();
        await LogInAsync();
        var publishing = publisher.PublishAsync(Wire.Bytes("{}"), Cancellation);
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await publishing.WaitAsync(Patience, Cancellation);
    }

    private async Task LogInAsync()
    {
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
    }

    private sealed class RunningLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}
