using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public sealed class SubscriptionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Subscribing_passes_acknowledgement_and_the_brokers_own_headers()
    {
        var connection = await broker.ConnectedAsync();
        var subscribing = connection.SubscribeAsync(
            "buffs",
            StompAcknowledge.ClientIndividual,
            [new("activemq.prefetchSize", "7")],
            7,
            Cancellation
        );
        var frame = await broker.ExpectAsync(StompCommand.Subscribe);
        await broker.ConfirmAsync(frame);
        await subscribing.WaitAsync(Patience, Cancellation);

        Assert.Equal(
            ("buffs", "client-individual", "7"),
            (frame.Headers["destination"], frame.Headers["ack"], frame.Headers["activemq.prefetchSize"])
        );
    }

    [Fact]
    public async Task A_message_comes_as_sent_and_is_acknowledged_by_its_ack_header()
    {
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, capacity: 4);
        await broker.DeliverAsync(subscription.Id, 1);
        var message = await ConnectionTests.FirstAsync(subscription);
        var acknowledging = connection.AckAsync(message, Cancellation);
        var ack = await broker.ExpectAsync(StompCommand.Ack);
        await broker.ConfirmAsync(ack);
        await acknowledging.WaitAsync(Patience, Cancellation);

        Assert.Equal("body 1", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal("m1", message.Id);
        Assert.Equal("a1", ack.Headers["id"]);
    }

    [Fact]
    public async Task A_full_subscription_can_be_left_and_the_connection_goes_on()
    {
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, capacity: 1);
        for (var number = 1; number <= 4; number++)
            await broker.DeliverAsync(subscription.Id, number);
        await subscription.HeldBackAsync(Patience);

        var leaving = subscription.DisposeAsync().AsTask();
        var unsubscribe = await broker.ExpectAsync(StompCommand.Unsubscribe);
        await broker.DeliverAsync(subscription.Id, 5);
        await broker.ConfirmAsync(unsubscribe);
        await leaving.WaitAsync(Patience, Cancellation);

        var sending = connection.SendAsync("buffs", default, null, Cancellation).AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await sending.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Messages_come_in_the_order_sent_and_a_slow_reader_stops_the_reading()
    {
        const int Many = 200;
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, capacity: 2);
        for (var number = 1; number <= Many; number++)
            await broker.DeliverAsync(subscription.Id, number);
        await subscription.HeldBackAsync(Patience);
        // Behind the messages: it is not read before they are.
        var sending = connection.SendAsync("buffs", default, null, Cancellation).AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));

        var taken = new List<string>();
        await foreach (var message in subscription.WithCancellation(Cancellation))
        {
            if (taken.Count < Many - 3)
                Assert.False(sending.IsCompleted, $"after {taken.Count} of {Many} messages more was read than the subscription holds");
            taken.Add(message.Id);
            if (taken.Count == Many)
                break;
        }

        await sending.WaitAsync(Patience, Cancellation);
        Assert.Equal(Enumerable.Range(1, Many).Select(number => $"m{number}"), taken);
    }

    [Fact]
    public async Task A_subscription_given_up_before_it_is_confirmed_is_taken_back_and_holds_up_nobody()
    {
        var connection = await broker.ConnectedAsync();
        using var giveUp = new CancellationTokenSource();
        var subscribing = connection.SubscribeAsync("buffs", StompAcknowledge.ClientIndividual, null, 1, giveUp.Token);
        var subscribe = await broker.ExpectAsync(StompCommand.Subscribe);
        for (var number = 1; number <= 3; number++)
            await broker.DeliverAsync(subscribe.Headers["id"]!, number);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscribing);

        Assert.Equal(subscribe.Headers["id"], (await broker.ExpectAsync(StompCommand.Unsubscribe)).Headers["id"]);
        var sending = connection.SendAsync("buffs", default, null, Cancellation).AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await sending.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_subscription_that_cannot_be_written_is_not_taken_back()
    {
        var connection = await broker.ConnectedAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            connection.SubscribeAsync("\ud800", StompAcknowledge.Auto, null, 1, Cancellation)
        );

        var sending = connection.SendAsync("buffs", default, null, Cancellation).AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await sending.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Leaving_a_subscription_twice_says_so_once()
    {
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, capacity: 1);
        var leaving = subscription.DisposeAsync().AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Unsubscribe));
        await leaving.WaitAsync(Patience, Cancellation);

        await subscription.DisposeAsync().AsTask().WaitAsync(Patience, Cancellation);
    }
}
