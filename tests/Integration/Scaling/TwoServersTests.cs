using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Scaling;

public sealed class TwoServersTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Alone = 50;
    private const int Both = 300;
    private const int InHand = 80;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    [Fact]
    [Objective("servers.exactly-once")]
    public async Task Two_Servers_on_one_queue_store_each_buff_once()
    {
        await using var second = await RequireAdditions().StartAsync(new Addition(InstanceRole.Server, "server-2"), Cancellation);
        var prefix = Marker.New("two");

        // Each of them alone first and last: so both are known to take buffs while there are two.
        await using var first = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        await Platform.PostManyAsync(Marker.Of(prefix, Alone), clients: 8, Cancellation);
        await using var both = Platform.Through(server: second.Instance);
        await both.FenceAsync(Cancellation);
        await ReviveAsync(first);
        await Platform.PostManyAsync(Marker.Of(prefix, Both, Alone), clients: 8, Cancellation);
        await using var last = await InjectAsync(Faults.Stop(second.Instance));
        await Platform.PostManyAsync(Marker.Of(prefix, Alone, Alone + Both), clients: 8, Cancellation);
        var account = await both.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("servers.exactly-once", account));
    }

    /// <summary>It is alive to its machine and its connection stands: only that its heart-beats have ended tells the broker that nobody is
    /// there.</summary>
    [Fact]
    [Objective("servers.hung")]
    public async Task What_a_hung_Server_has_in_hand_is_stored_by_the_other()
    {
        var hung = Stack.Instance(InstanceRole.Server);
        await using var second = await RequireAdditions().StartAsync(new Addition(InstanceRole.Server, "server-2"), Cancellation);
        await using var through = Platform.Through(server: second.Instance);
        var prefix = Marker.New("hung");
        var locked = Faults.LockTable();
        InjectedFault freeze;
        IReadOnlyList<PostAnswer> answers;
        await using (await InjectAsync(locked))
        {
            // Each of both has as many as it takes at once: none of them can store any.
            answers = await Platform.PostManyAsync(Marker.Of(prefix, InHand), clients: 8, Cancellation);
            var waiting = await Eventually.SeeAsync(
                "an INSERT of each Server waits for the table",
                Patience,
                locked.WaitingInsertsAsync,
                inserts => inserts.Count > 1,
                Cancellation
            );
            freeze = await InjectAsync(Faults.Freeze(hung));
            // Else MySQL would carry out what nobody waits for any more; the other one asks again.
            foreach (var session in waiting)
                await locked.EndSessionAsync(session, Cancellation);
        }

        var acknowledged = answers.Where(answer => answer.Outcome == Outcome.Ok).Select(answer => answer.Marker).ToList();
        var since = TimeProvider.System.GetTimestamp();
        await using (freeze)
        {
            await Eventually.SeeAsync(
                "the other Server has stored what the hung one had in hand",
                Deadline,
                async ct => new Missing(
                    acknowledged.Except((await Platform.Table.RowsAsync(prefix, ct)).Keys, StringComparer.Ordinal).Count(),
                    acknowledged.Count
                ),
                missing => missing.Count == 0,
                Cancellation
            );
        }

        var took = TimeProvider.System.GetElapsedTime(since);
        Keep(
            new Measurement("servers.hung", took.TotalSeconds, acknowledged.Count, Resolution: 0.1, Target: hung.Name)
            {
                Fault = freeze.Fault.Name,
            }
        );
        await AwaitBackAsync();
        Decide();
    }

    private sealed record Missing(int Count, int Of)
    {
        public override string ToString() => $"{Count} of {Of} have no row";
    }
}
