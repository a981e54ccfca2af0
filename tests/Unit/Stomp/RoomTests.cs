using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

/// <summary>A broker that does not read: what waits here stays bounded, and so does the waiting.</summary>
public sealed class RoomTests : IAsyncDisposable
{
    // Far more than the buffers of two sockets hold.
    private const int Many = 500;
    private const int BodySize = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Senders_wait_for_room_and_no_more_than_a_mebibyte_is_unsent()
    {
        var connection = await broker.ConnectedAsync();
        var most = 0;
        var sends = new List<Task>();
        for (var number = 0; number < Many; number++)
        {
            sends.Add(SendAsync(connection, number, Cancellation));
            most = Math.Max(most, connection.Unsent);
        }

        Assert.InRange(most, StompOutput.MostGathered, (2 * StompOutput.MostGathered) + (2 * BodySize));
        Assert.DoesNotContain(sends, sending => sending.IsCompleted);
        for (var number = 0; number < Many; number++)
        {
            var frame = await broker.ExpectAsync(StompCommand.Send);
            Assert.Equal(number, NumberOf(frame));
            await broker.ConfirmAsync(frame);
        }

        await Task.WhenAll(sends).WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_sender_that_waits_for_room_can_be_cancelled_and_the_broker_hears_nothing_of_it()
    {
        var connection = await broker.ConnectedAsync();
        var sends = SendMany(connection);
        using var giveUp = new CancellationTokenSource();
        var cancelled = SendAsync(connection, Many, giveUp.Token);
        var last = SendAsync(connection, Many + 1, Cancellation);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience, Cancellation));

        var heard = new List<int>();
        for (var number = 0; number <= Many; number++)
        {
            var frame = await broker.ExpectAsync(StompCommand.Send);
            heard.Add(NumberOf(frame));
            await broker.ConfirmAsync(frame);
        }

        await Task.WhenAll([.. sends, last]).WaitAsync(Patience, Cancellation);
        Assert.Equal([.. Enumerable.Range(0, Many), Many + 1], heard);
    }

    [Fact]
    public async Task Waiting_for_room_ends_with_the_time_of_a_receipt_and_says_so()
    {
        var connection = await broker.ConnectedAsync();
        var sends = SendMany(connection);
        broker.Time.Advance(TimeSpan.FromSeconds(6));

        var first = await Assert.ThrowsAsync<StompConnectionException>(() => sends[0].WaitAsync(Patience, Cancellation));
        var last = await Assert.ThrowsAsync<StompConnectionException>(() => sends[^1].WaitAsync(Patience, Cancellation));
        Assert.Contains("did not confirm SEND within 5 s", first.Message, StringComparison.Ordinal);
        Assert.Contains("SEND found no room within 5 s", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_for_room_ends_with_the_conversation_and_its_cause()
    {
        var connection = await broker.ConnectedAsync();
        var sends = SendMany(connection);
        connection.Abort();

        foreach (var sending in sends)
            Assert.Contains(
                "aborted by this side",
                (await Assert.ThrowsAsync<StompConnectionException>(() => sending.WaitAsync(Patience, Cancellation))).Message,
                StringComparison.Ordinal
            );
    }

    private static List<Task> SendMany(StompConnection connection) =>
        [.. Enumerable.Range(0, Many).Select(number => SendAsync(connection, number, Cancellation))];

    private static Task SendAsync(StompConnection connection, int number, CancellationToken cancellationToken)
    {
        var body = new byte[BodySize];
        Encoding.ASCII.GetBytes($"{number} ", body);
        return connection.SendAsync("buffs", body, null, cancellationToken).AsTask();
    }

    private static int NumberOf(StompFrame frame) => int.Parse(Encoding.ASCII.GetString(frame.Body.Span).Split(' ')[0]);
}
