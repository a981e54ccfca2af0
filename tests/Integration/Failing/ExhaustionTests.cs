using System.Net.Sockets;
using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Tests.Integration.Failing;

public sealed class ExhaustionTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Idle = 400;
    private const int Asked = 10;

    [Fact]
    [Objective("exhaustion.truthful")]
    [Objective("exhaustion.lossless")]
    public async Task With_all_connections_of_MySQL_taken_nothing_is_lost_and_no_list_is_empty()
    {
        var prefix = Platform.NewMarker("exhausted");
        var (lists, posts) = (new List<ListAnswer>(), new List<PostAnswer>());
        await using (await TakeAllAsync())
        {
            await Platform.ChillAsync();
            await AskAsync(prefix, lists, posts);
        }

        await DecideAsync(prefix, lists, posts, "mysql");
    }

    [Theory]
    [InlineData(InstanceRole.Dashboard)]
    [InlineData(InstanceRole.Server)]
    [Objective("exhaustion.truthful")]
    [Objective("exhaustion.lossless")]
    public async Task With_many_idle_connections_to_a_service_nothing_is_lost_and_no_list_is_empty(InstanceRole role)
    {
        var prefix = Platform.NewMarker("idle");
        var (lists, posts) = (new List<ListAnswer>(), new List<PostAnswer>());
        var address = AttachedStack.Address(Stack.Instance(role));
        var idle = new List<TcpClient>();
        try
        {
            while (idle.Count < Idle)
            {
                var client = new TcpClient();
                idle.Add(client);
                await client.ConnectAsync(address.Host, address.Port, Cancellation);
                // Half of them have begun to say something.
                if (idle.Count % 2 == 0)
                    await client.GetStream().WriteAsync("GET /buffs HT"u8.ToArray(), Cancellation);
            }

            await Platform.ChillAsync();
            await AskAsync(prefix, lists, posts);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }

        await DecideAsync(prefix, lists, posts, Stack.Instance(role).Name);
    }

    private Task AskAsync(string prefix, List<ListAnswer> lists, List<PostAnswer> posts) => Task.WhenAll(
        RepeatAsync(async () => lists.Add(await Platform.ListAsync(Cancellation))),
        RepeatAsync(async () => posts.Add(await Platform.PostAsync($"{prefix} {posts.Count}", cancellationToken: Cancellation))));

    private static async Task RepeatAsync(Func<Task> ask)
    {
        for (var count = 0; count < Asked; count++)
            await ask();
    }

    private async Task DecideAsync(string prefix, List<ListAnswer> lists, List<PostAnswer> posts, string target)
    {
        await Platform.AwaitServiceAsync(Cancellation);
        var ledger = await Platform.AccountAsync(prefix, posts, Cancellation);
        var lies = lists.Where(answer => !answer.IsTruth(Platform.SeedCount)).ToList();
        Decide(
            new("exhaustion.truthful", lies.Count, lists.Count, string.Join(" | ", lies.Take(3)), Target: target),
            new("exhaustion.lossless", ledger.Faults, ledger.Acked, ledger.Diagnosis, Target: target));
    }

    /// <summary>Takes every connection that MySQL gives its users, those of the services included, until what is returned is disposed.</summary>
    private async Task<Connections> TakeAllAsync()
    {
        var taken = new Connections();
        try
        {
            var others = long.MaxValue;
            while (others > 0)
            {
                await taken.FillAsync(Stack.MySqlOptions(Stack.Instance(InstanceRole.Mysql)), Cancellation);
                others = await taken.KillOthersAsync(Cancellation);
            }

            return taken;
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    private sealed class Connections : IAsyncDisposable
    {
        private readonly List<MySqlConnection> open = [];

        public async Task FillAsync(MySqlConnectionStringBuilder options, CancellationToken cancellationToken)
        {
            while (true)
            {
                var connection = new MySqlConnection(options.ConnectionString);
                try
                {
                    await connection.OpenAsync(cancellationToken);
                    open.Add(connection);
                }
                catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.ConnectionCountError)
                {
                    await connection.DisposeAsync();
                    return;
                }
            }
        }

        /// <summary>Ends the sessions of others, whose places are then free to take.</summary>
        /// <returns>How many there were.</returns>
        public async Task<long> KillOthersAsync(CancellationToken cancellationToken)
        {
            var own = open.Select(connection => (ulong)connection.ServerThread).ToHashSet();
            var all = await open[0].QueryAsync<ulong>(new CommandDefinition("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)", cancellationToken: cancellationToken));
            var others = all.Where(id => !own.Contains(id)).ToList();
            foreach (var other in others)
            {
                try
                {
                    await open[0].ExecuteAsync(new CommandDefinition($"KILL {other}", cancellationToken: cancellationToken));
                }
                catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
                {
                    // It has ended by itself.
                }
            }

            return others.Count;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }
}
