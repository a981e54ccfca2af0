using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public sealed class ConnectionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Connecting_says_who_we_are_and_which_version_and_heart_beats_we_want()
    {
        var connecting = StompClient.ConnectAsync(broker.Options, Cancellation);
        var connect = await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
        (await connecting).Abort();

        Assert.Equal("1.2", connect.Headers["accept-version"]);
        Assert.Equal("user", connect.Headers["login"]);
        Assert.Equal("secret", connect.Headers["passcode"]);
        Assert.Equal("10000,10000", connect.Headers["heart-beat"]);
    }

    [Fact]
    public async Task A_refused_login_is_the_brokers_error_and_does_not_tell_the_password()
    {
        var connecting = StompClient.ConnectAsync(broker.Options, Cancellation);
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("ERROR\nmessage:wrong password\n\ndetails\0");

        var error = await Assert.ThrowsAsync<StompErrorException>(() => connecting);
        Assert.Contains("wrong password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString() + broker.Options, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_takes_the_connection_and_does_not_answer_is_given_up()
    {
        var connecting = StompClient.ConnectAsync(broker.Options, Cancellation);
        await broker.ExpectAsync(StompCommand.Connect);
        broker.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Contains(
            "CONNECT within 5 s",
            (await Assert.ThrowsAsync<StompConnectionException>(() => connecting)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_send_ends_with_its_own_receipt_in_whatever_order_they_come()
    {
        var connection = await broker.ConnectedAsync();
        var first = SendAsync(connection, "first");
        var second = SendAsync(connection, "second");
        var firstFrame = await broker.ExpectAsync(StompCommand.Send);
        var secondFrame = await broker.ExpectAsync(StompCommand.Send);

        await broker.ConfirmAsync(secondFrame);
        await second.WaitAsync(Patience, Cancellation);
        Assert.False(first.IsCompleted, "the first send ended with the receipt of the second");
        await broker.ConfirmAsync(firstFrame);
        await first.WaitAsync(Patience, Cancellation);

        Assert.Equal("first", Encoding.UTF8.GetString(firstFrame.Body.Span));
        Assert.Equal("buffs", firstFrame.Headers["destination"]);
    }

    [Fact]
    public async Task Many_sends_are_under_way_at_once_and_each_ends_with_its_own_receipt()
    {
        const int Many = 500;
        var connection = await broker.ConnectedAsync();
        var sends = new Task[Many];
        Parallel.For(0, Many, number => sends[number] = SendAsync(connection, $"{number}"));
        var frames = new List<StompFrame>();
        for (var i = 0; i < Many; i++)
            frames.Add(await broker.ExpectAsync(StompCommand.Send));

        Assert.DoesNotContain(sends, sending => sending.IsCompleted);
        Assert.Equal(Enumerable.Range(0, Many), frames.Select(frame => int.Parse(Encoding.UTF8.GetString(frame.Body.Span))).Order());
        foreach (var frame in Enumerable.Reverse(frames))
            await broker.ConfirmAsync(frame);
        await Task.WhenAll(sends).WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_receipt_that_nobody_awaits_disturbs_nobody()
    {
        var connection = await broker.ConnectedAsync();
        await broker.SayAsync(
            "RECEIPT\nreceipt-id:12345\n\n\0RECEIPT\nreceipt-id:x\n\n\0RECEIPT\n\n\0MESSAGE\nsubscription:99\nmessage-id:1\n\n\0"
        );
        var sending = SendAsync(connection, "x");
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));

        await sending.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_broker_of_another_version_is_refused()
    {
        var connecting = StompClient.ConnectAsync(broker.Options, Cancellation);
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.1\n\n\0");
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Disconnect));

        Assert.Contains(
            "STOMP 1.1, expected 1.2",
            (await Assert.ThrowsAsync<StompProtocolException>(() => connecting)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_send_without_receipt_ends_in_an_error_that_names_it()
    {
        var connection = await broker.ConnectedAsync();
        var sending = SendAsync(connection, "x");
        await broker.ExpectAsync(StompCommand.Send);
        broker.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Contains(
            "SEND within 5 s",
            (await Assert.ThrowsAsync<StompConnectionException>(() => sending)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cancelled_send_ends_at_once_and_its_late_receipt_disturbs_nobody()
    {
        var connection = await broker.ConnectedAsync();
        using var giveUp = new CancellationTokenSource();
        var sending = connection.SendAsync("buffs", default, null, giveUp.Token).AsTask();
        var cancelled = await broker.ExpectAsync(StompCommand.Send);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        await broker.ConfirmAsync(cancelled);
        var next = SendAsync(connection, "next");
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await next.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task An_error_of_the_broker_fails_all_that_is_in_flight_and_ends_the_connection()
    {
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, 4);
        var sends = Enumerable.Range(0, 3).Select(number => SendAsync(connection, $"{number}")).ToList();
        await broker.ExpectAsync(StompCommand.Send);
        await broker.SayAsync("ERROR\nmessage:queue is full\n\n\0");

        foreach (var sending in sends)
            Assert.Contains(
                "queue is full",
                (await Assert.ThrowsAsync<StompErrorException>(() => sending)).Message,
                StringComparison.Ordinal
            );
        Assert.IsType<StompErrorException>(await connection.Closed.WaitAsync(Patience, Cancellation));
        await Assert.ThrowsAsync<StompErrorException>(() => FirstAsync(subscription));
    }

    [Fact]
    public async Task A_broker_that_hangs_up_fails_what_is_in_flight_and_what_comes_after()
    {
        var connection = await broker.ConnectedAsync();
        var sending = SendAsync(connection, "x");
        await broker.ExpectAsync(StompCommand.Send);
        await broker.HangUpAsync();

        await Assert.ThrowsAsync<StompConnectionException>(() => sending);
        await Assert.ThrowsAsync<StompConnectionException>(() => SendAsync(connection, "y"));
    }

    [Fact]
    public async Task A_broker_that_sends_garbage_ends_the_connection()
    {
        var connection = await broker.ConnectedAsync();
        await broker.SayAsync("HTTP/1.1 400 Bad Request\r\n");

        Assert.IsType<StompProtocolException>(await connection.Closed.WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task A_frame_that_cannot_be_written_fails_alone_and_leaves_no_half_behind()
    {
        var connection = await broker.ConnectedAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            connection.SendAsync("buffs", default, [new("half", "a lone surrogate \ud800")], Cancellation).AsTask()
        );

        var sending = SendAsync(connection, "whole");
        var frame = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(frame);
        await sending.WaitAsync(Patience, Cancellation);
        Assert.Equal("whole", Encoding.UTF8.GetString(frame.Body.Span));
        Assert.Null(frame.Headers["half"]);
    }

    [Fact]
    public async Task Leaving_says_so_and_waits_for_the_brokers_word()
    {
        var connection = await broker.ConnectedAsync();
        var leaving = connection.DisposeAsync().AsTask();
        var disconnect = await broker.ExpectAsync(StompCommand.Disconnect);
        Assert.False(leaving.IsCompleted, "it left without the broker's word");
        await broker.ConfirmAsync(disconnect);
        await leaving.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Aborting_waits_for_nobody_and_fails_what_is_in_flight()
    {
        var connection = await broker.ConnectedAsync();
        var sending = SendAsync(connection, "x");
        await broker.ExpectAsync(StompCommand.Send);
        connection.Abort();

        await Assert.ThrowsAsync<StompConnectionException>(() => sending);
        Assert.True(connection.Closed.IsCompleted);
    }

    internal static async Task<StompMessage> FirstAsync(StompSubscription subscription)
    {
        await foreach (var message in subscription.WithCancellation(Cancellation))
            return message;
        throw new InvalidOperationException("The subscription ended without a message.");
    }

    private static Task SendAsync(StompConnection connection, string body) =>
        connection.SendAsync("buffs", Wire.Bytes(body), null, Cancellation).AsTask();
}
