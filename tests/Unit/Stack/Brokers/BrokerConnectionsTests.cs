using Verification.Stack.Components.Brokers;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stack.Brokers;

public sealed class BrokerConnectionsTests
{
    [Fact]
    public async Task A_broker_that_leaves_one_connection_without_an_answer_is_connected_to_by_another()
    {
        await using var broker = new ScriptedBroker();
        var options = broker.Options with
        {
            Time = TimeProvider.System,
            ConnectTimeout = TimeSpan.FromMilliseconds(300),
            HeartBeat = TimeSpan.Zero,
        };

        var connecting = BrokerConnections.ConnectAsync(options, TestContext.Current.CancellationToken);
        await broker.AcceptAsync();
        // It says nothing, and the client comes again.
        await broker.AcceptAsync();
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");

        (await connecting).Abort();
    }

    [Fact]
    public async Task A_refusal_is_no_reason_to_come_again()
    {
        await using var broker = new ScriptedBroker();
        var options = broker.Options with { Time = TimeProvider.System };

        var connecting = BrokerConnections.ConnectAsync(options, TestContext.Current.CancellationToken);
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("ERROR\nmessage:not allowed\n\n\0");

        await Assert.ThrowsAsync<StompErrorException>(() => connecting);
    }
}
