using System.Net;
using System.Net.Sockets;
using System.Text;
using Verification.Infrastructure.Simulator;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class SerialRelayTests : IAsyncDisposable
{
    private static readonly IPEndPoint Any = new(IPAddress.Loopback, 0);
    private readonly TcpListener server = new(Any);
    private readonly SerialRelay relay;
    private int open;
    private int most;

    public SerialRelayTests()
    {
        server.Start();
        relay = new SerialRelay(Any, (IPEndPoint)server.LocalEndpoint, TimeSpan.FromMilliseconds(200));
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
        server.Stop();
    }

    [Fact]
    public async Task Requests_are_answered_one_after_the_other()
    {
        _ = ServeAsync(keepsOpen: false);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AskAsync($"{number:00}")));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number:00}"), answers);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_client_that_asks_nothing_holds_nobody_up()
    {
        _ = ServeAsync(keepsOpen: false);
        using var silent = new TcpClient();
        await silent.ConnectAsync(relay.Local, Ended);

        Assert.Equal("01", await AskAsync("01"));
    }

    [Fact]
    public async Task A_connection_that_its_server_keeps_open_holds_nobody_up_for_good()
    {
        _ = ServeAsync(keepsOpen: true);
        using var first = new TcpClient();
        await first.ConnectAsync(relay.Local, Ended);
        await first.GetStream().WriteAsync("01"u8.ToArray(), Ended);
        var answer = new byte[2];
        await first.GetStream().ReadExactlyAsync(answer, Ended);

        Assert.Equal("02", await AskAsync("02"));
        await first.GetStream().WriteAsync("03"u8.ToArray(), Ended);
        await first.GetStream().ReadExactlyAsync(answer, Ended);
        Assert.Equal("03", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_connection_that_was_closed()
    {
        server.Stop();

        Assert.Empty(await AskAsync("01"));
    }

    private async Task<string> AskAsync(string question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(relay.Local, Ended);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(question), Ended);
        var answer = new byte[2];
        var read = await client.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, Ended);
        return Encoding.ASCII.GetString(answer, 0, read);
    }

    /// <summary>Answers two bytes with the same; those that are with it at once are counted.</summary>
    private async Task ServeAsync(bool keepsOpen)
    {
        while (true)
            _ = AnswerAsync(await server.AcceptTcpClientAsync(Ended), keepsOpen);
    }

    private async Task AnswerAsync(TcpClient client, bool keepsOpen)
    {
        using (client)
        {
            most = Math.Max(most, Interlocked.Increment(ref open));
            var question = new byte[2];
            do
            {
                await client.GetStream().ReadExactlyAsync(question, Ended);
                await Task.Yield();
                await client.GetStream().WriteAsync(question, Ended);
            } while (keepsOpen);
            Interlocked.Decrement(ref open);
        }
    }
}
