using System.Net;
using System.Net.Sockets;
using SportBuff;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BrokerListTests : IAsyncDisposable
{
    private readonly ScriptedBroker first = new();
    private readonly ScriptedBroker second = new();
    private readonly List<StompConnection> connections = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
            connection.Abort();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task The_first_broker_of_the_list_is_tried_first()
    {
        var list = new BrokerList([first.Options, second.Options]);

        Assert.Equal(first.Options.Port, Port(await ConnectAsync(list, first)));
    }

    [Fact]
    public async Task Where_nobody_listens_the_next_one_is_tried()
    {
        var list = new BrokerList([Nobody(), second.Options, first.Options]);

        Assert.Equal(second.Options.Port, Port(await ConnectAsync(list, second)));
    }

    [Fact]
    public async Task A_broker_that_refuses_is_followed_by_the_next_one_which_stays_the_first_choice()
    {
        var list = new BrokerList([first.Options, second.Options]);
        var connecting = list.ConnectAsync(Cancellation);
        await first.ExpectAsync(StompCommand.Connect);
        await first.SayAsync("ERROR\nmessage:not active\n\n\0");
        await LogInAsync(second);
        Assert.Equal(second.Options.Port, Port(await connecting));

        var again = list.ConnectAsync(Cancellation);
        await second.AcceptAsync();
        await LogInAsync(second);
        Assert.Equal(second.Options.Port, Port(await again));
    }

    [Fact]
    public async Task A_broker_that_hangs_is_followed_by_the_next_one_after_the_time_to_connect()
    {
        var list = new BrokerList([first.Options, second.Options]);
        var connecting = list.ConnectAsync(Cancellation);
        await first.ExpectAsync(StompCommand.Connect);
        first.Time.Advance(first.Options.ConnectTimeout);
        await LogInAsync(second);

        Assert.Equal(second.Options.Port, Port(await connecting));
    }

    [Fact]
    public async Task After_a_broker_that_was_passed_over_comes_the_next_one()
    {
        var list = new BrokerList([first.Options, second.Options]);
        list.PassOver(await ConnectAsync(list, first));

        Assert.Equal(second.Options.Port, Port(await ConnectAsync(list, second)));
    }

    [Fact]
    public async Task After_the_last_of_the_list_comes_the_first_again()
    {
        var list = new BrokerList([first.Options, second.Options]);
        list.PassOver(await ConnectAsync(list, first));
        list.PassOver(await ConnectAsync(list, second));

        var connecting = list.ConnectAsync(Cancellation);
        await first.AcceptAsync();
        await LogInAsync(first);
        Assert.Equal(first.Options.Port, Port(await connecting));
    }

    [Fact]
    public async Task If_none_lets_us_in_the_cause_of_each_is_told()
    {
        var (one, other) = (Nobody(), Nobody());

        var error = await Assert.ThrowsAsync<StompConnectionException>(() => new BrokerList([one, other]).ConnectAsync(Cancellation));

        Assert.Contains($":{one.Port} can't be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains($":{other.Port} can't be reached", error.Message, StringComparison.Ordinal);
    }

    private static int Port(StompConnection connection) => int.Parse(connection.Peer.Split(':')[1]);

    /// <summary>A port where nobody listens.</summary>
    private static StompOptions Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new StompOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port };
    }

    private static async Task LogInAsync(ScriptedBroker broker)
    {
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
    }

    private async Task<StompConnection> ConnectAsync(BrokerList list, ScriptedBroker broker)
    {
        var connecting = list.ConnectAsync(Cancellation);
        await LogInAsync(broker);
        var connection = await connecting;
        connections.Add(connection);
        return connection;
    }
}
