using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public sealed class HeartBeatTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task An_idle_client_sends_a_sign_of_life_within_the_agreed_time()
    {
        var connection = await broker.ConnectedAsync(heartBeat: "0,20000");
        broker.Time.Advance(TimeSpan.FromSeconds(19));

        Assert.Equal("\n"u8.ToArray(), await broker.ReceiveAsync());
    }

    [Fact]
    public async Task A_broker_that_falls_silent_ends_the_connection_which_says_so()
    {
        var connection = await broker.ConnectedAsync(heartBeat: "15000,0");
        broker.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(connection.Closed.IsCompleted, "it was given up before twice the agreed time");
        broker.Time.Advance(TimeSpan.FromSeconds(10));

        var cause = await connection.Closed.WaitAsync(Patience, Cancellation);
        Assert.Matches("127.0.0.1:[0-9]+ has been silent for .* every 15 s", cause.Message);
    }

    [Fact]
    public async Task Heart_beats_keep_the_connection()
    {
        var connection = await broker.ConnectedAsync(heartBeat: "10000,0");
        for (var i = 0; i < 5; i++)
        {
            broker.Time.Advance(TimeSpan.FromSeconds(15));
            await RoundTripAsync(connection);
        }

        Assert.False(connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task Without_agreement_silence_is_no_matter()
    {
        var connection = await broker.ConnectedAsync(heartBeat: "0,0");
        broker.Time.Advance(TimeSpan.FromHours(1));
        await RoundTripAsync(connection);
    }

    [Fact]
    public async Task A_reader_that_is_behind_is_not_taken_for_a_silent_broker()
    {
        var connection = await broker.ConnectedAsync(heartBeat: "10000,0");
        var subscription = await broker.SubscribedAsync(connection, capacity: 1);
        for (var number = 1; number <= 3; number++)
            await broker.DeliverAsync(subscription.Id, number);
        await subscription.HeldBackAsync(Patience);
        broker.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.False(connection.Closed.IsCompleted, "the connection was given up although it was our reader who was slow");
    }

    private async Task RoundTripAsync(StompConnection connection)
    {
        var sending = connection.SendAsync("buffs", default, null, Cancellation).AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Send));
        await sending.WaitAsync(Patience, Cancellation);
    }
}
