using Dapper;
using MySqlConnector;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Queueing;

public sealed class AcknowledgementTests(PlatformFixture platform) : Scenario(platform)
{
    private const string WaitingInserts = "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND <> 'Sleep' AND INFO LIKE 'INSERT%buffs%' AND ID <> CONNECTION_ID()";

    [Fact]
    [Objective("ack.after-commit")]
    public async Task A_message_in_hand_is_delivered_again_when_the_Server_dies_before_its_commit()
    {
        var marker = Platform.NewMarker("in hand");
        PostAnswer posted;
        await using (var locker = await Stack.MySqlAsync(Cancellation))
        {
            await locker.ExecuteAsync("LOCK TABLES buffs WRITE");
            posted = await Platform.PostAsync(marker, cancellationToken: Cancellation);
            await using var observer = await Stack.MySqlAsync(Cancellation);
            var waiting = await AwaitInsertAsync(observer);
            await Stack.Control.KillAsync(Stack.Instance(InstanceRole.Server), Cancellation);
            // MySQL would carry out the dead client's statement once the lock is gone.
            foreach (var connection in waiting)
                await KillAsync(observer, connection);
            await Eventually.IsTrueAsync("the waiting INSERT is gone", TimeSpan.FromSeconds(15), async _ => !(await observer.QueryAsync<ulong>(WaitingInserts)).Any(), Cancellation);
            await locker.ExecuteAsync("UNLOCK TABLES");
        }

        await Platform.ReviveAsync(Stack.Instance(InstanceRole.Server), Cancellation);
        var ledger = await Platform.AccountAsync(marker, [posted], Cancellation);

        Decide("ack.after-commit", ledger.Faults, ledger.Acked, ledger.Diagnosis);
    }

    [Fact]
    [Objective("restart.lossless")]
    public async Task What_is_stored_when_the_broker_dies_before_it_hears_of_it_is_stored_once()
    {
        var broker = Stack.Instance(InstanceRole.Broker);
        var prefix = Platform.NewMarker("in hand");
        IReadOnlyList<PostAnswer> answers;
        await using (var locker = await Stack.MySqlAsync(Cancellation))
        {
            await locker.ExecuteAsync("LOCK TABLES buffs WRITE");
            answers = await Platform.PostManyAsync([.. Enumerable.Range(0, 20).Select(index => $"{prefix} {index}")], clients: 4, Cancellation);
            await using var observer = await Stack.MySqlAsync(Cancellation);
            await AwaitInsertAsync(observer);
            await Stack.Control.KillAsync(broker, Cancellation);
            await locker.ExecuteAsync("UNLOCK TABLES");
        }

        // Stored now, and the broker, which knows of no acknowledgement, will send it again.
        await Platform.AwaitRowAsync(prefix, Cancellation);
        await Platform.ReviveAsync(broker, Cancellation);
        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        Decide("restart.lossless", ledger.Faults, ledger.Acked, ledger.Diagnosis, target: broker.Name);
    }

    [Fact]
    [Objective("ack.receipt")]
    public async Task No_post_is_acknowledged_while_the_broker_is_frozen()
    {
        var broker = Stack.Instance(InstanceRole.Broker);
        await Stack.Control.PauseAsync(broker, Cancellation);
        var answers = await Platform.PostManyAsync([.. Enumerable.Range(0, 4).Select(_ => Platform.NewMarker("frozen"))], clients: 4, Cancellation);
        await Stack.Control.UnpauseAsync(broker, Cancellation);

        var acknowledged = answers.Where(answer => answer.Outcome == Outcome.Ok).Select(answer => answer.Marker).ToList();
        Decide("ack.receipt", acknowledged.Count, answers.Count, $"answered 200 although the broker could not take them: {string.Join(", ", acknowledged)}");
    }

    [Fact]
    [Objective("queue.kept")]
    public async Task Buffs_posted_while_the_Server_is_away_are_kept_for_it()
    {
        var server = Stack.Instance(InstanceRole.Server);
        var prefix = Platform.NewMarker("away");
        await Stack.Control.StopAsync(server, TimeSpan.FromSeconds(15), Cancellation);
        var answers = await Platform.PostManyAsync([.. Enumerable.Range(0, 100).Select(index => $"{prefix} {index}")], clients: 4, Cancellation);
        await Platform.ReviveAsync(server, Cancellation);

        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        Decide("queue.kept", ledger.Faults, ledger.Acked, ledger.Diagnosis);
    }

    [Fact]
    [Objective("broker.durable")]
    public async Task Queued_buffs_survive_the_brokers_death()
    {
        var (server, broker) = (Stack.Instance(InstanceRole.Server), Stack.Instance(InstanceRole.Broker));
        var prefix = Platform.NewMarker("durable");
        await Stack.Control.StopAsync(server, TimeSpan.FromSeconds(15), Cancellation);
        var answers = await Platform.PostManyAsync([.. Enumerable.Range(0, 100).Select(index => $"{prefix} {index}")], clients: 4, Cancellation);
        await Stack.Control.KillAsync(broker, Cancellation);
        await Stack.Control.StartAsync(broker, Cancellation);
        await Platform.ReviveAsync(server, Cancellation);

        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        Decide("broker.durable", ledger.Faults, ledger.Acked, ledger.Diagnosis);
    }

    /// <summary>Waits until a row of the Server waits for the table.</summary>
    private static Task<List<ulong>> AwaitInsertAsync(MySqlConnection observer) => Eventually.SeeAsync(
        "the Server's INSERT waits for the table",
        TimeSpan.FromSeconds(15),
        async _ => (await observer.QueryAsync<ulong>(WaitingInserts)).ToList(),
        inserts => inserts.Count > 0,
        Cancellation);

    private static async Task KillAsync(MySqlConnection mysql, ulong connection)
    {
        try
        {
            await mysql.ExecuteAsync($"KILL {connection}");
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            // It has ended by itself.
        }
    }
}
