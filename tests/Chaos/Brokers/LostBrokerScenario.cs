namespace Verification.Tests.Chaos.Brokers;

/// <summary>What is measured while the active broker of a pair has ended, whatever has ended it.</summary>
public abstract class LostBrokerScenario(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 40);

    // What a broker holds back does not come before it is started anew, which is told of the account.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Measures from before the fault until the broker that has ended waits for the lock of the other.</summary>
    /// <param name="family">What the names of its objectives begin with: <c>broker-kill</c>.</param>
    /// <param name="faultOf">What ends the active broker.</param>
    protected async Task MeasureAsync(string family, Func<StackInstance, IFault> faultOf)
    {
        ArgumentNullException.ThrowIfNull(faultOf);
        var active = await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation);
        await using var watch = new BrokerWatch(Stack, Platform.History, TimeProvider.System);
        await using var workload = StartWorkload(family, Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        // What is acknowledged now stays with the broker: the Server can't store it.
        await using var backlog = await InjectAsync(Faults.LockWrites(await Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation)));
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await using var fault = await InjectAsync(faultOf(active));
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
        var account = await AccountOfAsync($"{family}.lossless", workload);

        Decide(RecoveryOf($"{family}.takeover", "post", fault, Rate.BetweenPosts), account, Listings(), OneActive());

        Measurement Listings() => UnansweredOf($"{family}.listings", "get", fault);

        Measurement OneActive() => Measurement.OfDeviations($"{family}.one-active", watch.Doubles, watch.Looks);
    }
}
