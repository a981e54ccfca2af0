using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Queueing;

public sealed class AcknowledgementTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Named = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private StackInstance Server => Stack.Instance(InstanceRole.Server);

    private StackInstance Broker => Stack.Instance(InstanceRole.Broker);

    [Fact]
    [Objective("ack.after-commit")]
    public async Task A_message_in_hand_is_delivered_again_when_the_Server_dies_before_its_commit()
    {
        var marker = Marker.New("in hand");
        var locked = Faults.LockTable();
        InjectedFault kill;
        await using (await InjectAsync(locked))
        {
            await Platform.PostAsync(marker, Cancellation);
            var waiting = await AwaitInsertAsync(locked);
            kill = await InjectAsync(Faults.Kill(Server));
            foreach (var session in waiting)
                await locked.EndSessionAsync(session, Cancellation);
            await Eventually.SeeAsync(
                "the waiting INSERT is gone",
                Patience,
                locked.WaitingInsertsAsync,
                inserts => inserts.Count == 0,
                Cancellation
            );
        }

        await using (kill)
            await ReviveAsync(kill);
        var account = await Platform.Account.CloseAsync(marker, Cancellation);

        Decide(Measurement.OfAccount("ack.after-commit", account) with { Target = Server.Name, Fault = kill.Fault.Name });
    }

    [Fact]
    [Objective("restart.lossless")]
    public async Task What_is_stored_when_the_broker_dies_before_it_hears_of_it_is_stored_once()
    {
        var prefix = Marker.New("in hand");
        var locked = Faults.LockTable();
        InjectedFault kill;
        IReadOnlyList<ListedBuff> before;
        await using (await InjectAsync(locked))
        {
            await Platform.PostManyAsync(Marker.Of(prefix, 20), clients: 4, Cancellation);
            await AwaitInsertAsync(locked);
            kill = await InjectAsync(Faults.Kill(Broker));
        }

        await using (kill)
        {
            // Stored now, and the broker, which knows of no acknowledgement, will send it again.
            await Platform.AwaitRowAsync(prefix, Cancellation);
            before = (await Platform.ListAfreshAsync(Cancellation)).Buffs;
            await ReviveAsync(kill);
        }

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);
        var after = (await Platform.ListAfreshAsync(Cancellation)).Buffs;

        Decide(
            OfKept(
                account,
                [.. before.Where(buff => buff.Question.StartsWith(prefix, StringComparison.Ordinal))],
                after.ToLookup(buff => buff.Question, StringComparer.Ordinal)
            ) with
            {
                Target = Broker.Name,
                Fault = kill.Fault.Name,
            }
        );
    }

    [Fact]
    [Objective("ack.receipt")]
    public async Task No_post_is_acknowledged_while_the_broker_is_frozen()
    {
        IReadOnlyList<PostAnswer> answers;
        await using (await InjectAsync(Faults.Freeze(Broker)))
            answers = await Platform.PostManyAsync(Marker.Of(Marker.New("frozen"), 4), clients: 4, Cancellation);

        var acknowledged = answers.Where(answer => answer.Outcome == Outcome.Ok).Select(answer => $"'{answer.Marker}'").ToList();
        Decide(
            Measurement.OfDeviations(
                "ack.receipt",
                acknowledged,
                answers.Count,
                "answered 200 although the broker could not take them: "
            ) with
            {
                Target = Broker.Name,
                Fault = "freeze",
            }
        );
    }

    [Fact]
    [Objective("queue.kept")]
    public async Task Buffs_posted_while_the_Server_is_away_are_kept_for_it()
    {
        var prefix = Marker.New("away");
        await using var stop = await InjectAsync(Faults.Stop(Server));
        await Platform.PostManyAsync(Marker.Of(prefix, 100), clients: 4, Cancellation);
        await ReviveAsync(stop);

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("queue.kept", account) with { Target = Server.Name, Fault = stop.Fault.Name });
    }

    [Fact]
    [Objective("broker.durable")]
    public async Task Queued_buffs_survive_the_brokers_death()
    {
        var prefix = Marker.New("durable");
        await using var stop = await InjectAsync(Faults.Stop(Server));
        await Platform.PostManyAsync(Marker.Of(prefix, 100), clients: 4, Cancellation);
        await using var kill = await InjectAsync(Faults.Kill(Broker));
        await kill.HealAsync(Cancellation);
        await ReviveAsync(stop);

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        var measured = Measurement.OfAccount("broker.durable", account) with { Target = Broker.Name, Fault = kill.Fault.Name };
        // What dies with the broker because nobody asked it to keep it is not the broker's fault.
        if (
            account.Faults > 0
            && await SeeQueuedAsync(() => Platform.PostAsync(Marker.New("probe"), Cancellation)) is { Persistent: false }
        )
            measured = measured with
            {
                Diagnosis = $"{measured.Diagnosis}; what the Dashboard sends is not persistent",
                Suspects = ["dashboard", "broker"],
            };
        Decide(measured);
    }

    /// <summary>The account, and beside it the buffs that a message which came again has changed.</summary>
    private static Measurement OfKept(LedgerResult account, IReadOnlyList<ListedBuff> before, ILookup<string, ListedBuff> after)
    {
        var measured = Measurement.OfAccount("restart.lossless", account);
        // One that is gone or stands twice is a matter of the account.
        var changed = before
            .Select(was => (Was: was, Is: after[was.Question].ToList()))
            .Where(each => each.Is is [var only] && Told(only) != Told(each.Was))
            .Select(each => $"'{each.Was.Question}' was {Told(each.Was)}, and is {Told(each.Is[0])} since its message came again")
            .ToList();
        return changed.Count > 0
                ? measured with
                {
                    Value = account.Faults + changed.Count,
                    Diagnosis = $"{account.Diagnosis}; {string.Join("; ", changed.Take(Named))}",
                    Suspects = account.Faults > 0 ? measured.Suspects : ["server"],
                }
            : before.Count == 0 && account.Faults == 0
                ? Measurement.NotMeasured("restart.lossless", "nothing that had its row was listed before the broker came back")
            : measured;
    }

    private static string Told(ListedBuff buff) => $"ID {buff.Id}, CreatedAt {buff.CreatedAt}, UpdatedAt {buff.UpdatedAt}";

    /// <summary>Waits until a row of the Server waits for the table.</summary>
    private static Task<IReadOnlyList<ulong>> AwaitInsertAsync(TableLockFault locked) =>
        Eventually.SeeAsync(
            "the Server's INSERT waits for the table",
            Patience,
            locked.WaitingInsertsAsync,
            inserts => inserts.Count > 0,
            Cancellation
        );
}
