namespace Verification.Tests.Chaos.Brokers;

public sealed class BrokerKillTests(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 40);

    // What a broker holds back does not come before it is started anew, which is told of the account.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    [Objective("broker-kill.takeover")]
    [Objective("broker-kill.lossless")]
    [Objective("broker-kill.listings")]
    [Objective("broker-kill.one-active")]
    public async Task A_killed_active_broker_is_taken_over_by_the_other_and_nothing_acknowledged_is_lost()
    {
        var active = await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation);
        await using var watch = new BrokerWatch(Stack, Platform.History, TimeProvider.System);
        await using var workload = StartWorkload("broker-kill", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        // What is acknowledged now stays with the broker: the Server can't store it.
        await using var backlog = await InjectAsync(Faults.LockWrites(await Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation)));
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await using var fault = await InjectAsync(Faults.Kill(active));
        AtEnd(Listings, OneActive);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        var storable = Now;
        await backlog.HealAsync(Cancellation);
        await DrainAsync(storable, Patience);
        // It comes back, and must wait for the lock that the other has now.
        await fault.HealAsync(Cancellation);
        await workload.AwaitAcknowledgedAsync(60, Cancellation);
        await workload.EndAsync();
        await watch.EndAsync();
        var account = await AccountOfAsync("broker-kill.lossless", workload);

        Decide(
            RecoveryOf("broker-kill.takeover", "post", fault, Rate.BetweenPosts),
            account,
            Listings(),
            OneActive()
        );

        Measurement Listings() => UnansweredOf("broker-kill.listings", "get", fault);

        Measurement OneActive() => Measurement.OfDeviations("broker-kill.one-active", watch.Doubles, watch.Looks);
    }
}
