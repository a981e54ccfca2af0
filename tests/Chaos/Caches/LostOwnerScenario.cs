namespace Verification.Tests.Chaos.Caches;

/// <summary>What is measured while the Redis node that owns the cached list is lost, whatever took it away.</summary>
public abstract class LostOwnerScenario(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 10, Gets: 80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StaleAfter = Contract.CacheExpiry + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures from before the fault until a list that was cached before it would have expired.</summary>
    /// <param name="family">What the names of its objectives begin with: <c>redis-kill</c>.</param>
    /// <param name="faultOf">What takes the owner away.</param>
    protected async Task MeasureAsync(string family, Func<StackInstance, IFault> faultOf)
    {
        ArgumentNullException.ThrowIfNull(faultOf);
        var available = $"{family}.available";
        var owners = new CacheOwner(Stack);
        var owner = await owners.FindAsync(Cancellation);
        await using var workload = StartWorkload(family, Rate);
        await workload.AwaitListedAsync(80, Cancellation);

        await using var fault = await InjectAsync(faultOf(owner));
        AtEnd(Available, Fresh);
        var heir = await Eventually.SeeAsync(
            $"another node than {owner.Name} owns the cached list",
            Patience,
            ct => owners.AgreedWithoutAsync(owner, ct),
            seen => seen is not null,
            Cancellation
        );
        var failover = TimeSpan.FromMicroseconds((Now - BeginOf(fault)) / 1000.0);
        Platform.History.Event("failover", heir!.Name);
        Keep(
            new Measurement($"{family}.failover", failover.TotalSeconds, 1, Resolution: Look.TotalSeconds, Target: owner.Name)
            {
                Fault = fault.Fault.Name,
            }
        );
        await ChargeAsync([available], () => workload.AwaitListedAsync(80, Cancellation));
        await fault.HealAsync(Cancellation);
        await ChargeAsync(
            [$"{family}.failover"],
            () =>
                Eventually.SeeAsync(
                    "every node sees a whole cluster",
                    Patience,
                    async _ => string.Join("; ", await owners.GapsAsync()),
                    gaps => gaps.Length == 0,
                    Cancellation
                )
        );
        // A list that the lost owner had in its keeping may be listed for as long as a list is cached, and no longer.
        await Eventually.IsTrueAsync(
            "the cached lists of before have expired",
            Patience,
            _ => Task.FromResult(Now - BeginOf(fault) > StaleAfter.Ticks * 100),
            Cancellation
        );
        await ChargeAsync([available], () => workload.AwaitListedAsync(40, Cancellation));
        await workload.EndAsync();
        var account = await AccountOfAsync($"{family}.lossless", workload);

        Decide(Available(), Fresh(), account);

        Measurement Available() => UnansweredOf(available, "get", fault);

        Measurement Fresh() => StalenessOf($"{family}.fresh", workload, Rate);
    }
}
