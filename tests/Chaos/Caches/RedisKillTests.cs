namespace Verification.Tests.Chaos.Caches;

public sealed class RedisKillTests(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 10, Gets: 80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StaleAfter = Contract.CacheExpiry + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    [Fact]
    [Objective("redis-kill.available")]
    [Objective("redis-kill.failover")]
    [Objective("redis-kill.fresh")]
    [Objective("redis-kill.lossless")]
    public async Task While_the_owner_of_the_cached_list_is_dead_every_listing_is_answered_and_fresh()
    {
        var owners = new CacheOwner(Stack);
        var owner = await owners.FindAsync(Cancellation);
        await using var workload = StartWorkload("redis-kill", Rate);
        await workload.AwaitListedAsync(80, Cancellation);

        await using var fault = await InjectAsync(Faults.Kill(owner));
        AtEnd(Available, Fresh);
        var heir = await Eventually.SeeAsync($"another node than {owner.Name} owns the cached list", Patience, ct => owners.AgreedWithoutAsync(owner, ct), seen => seen is not null, Cancellation);
        var failover = TimeSpan.FromMicroseconds((Now - BeginOf(fault)) / 1000.0);
        Platform.History.Event("failover", heir!.Name);
        Keep(new Measurement("redis-kill.failover", failover.TotalSeconds, 1, Resolution: Look.TotalSeconds, Target: owner.Name) { Fault = fault.Fault.Name });
        await workload.AwaitListedAsync(80, Cancellation);
        await fault.HealAsync(Cancellation);
        await Eventually.IsTrueAsync("every node sees a whole cluster", Patience, _ => owners.IsWholeAsync(), Cancellation);
        // A list that the dead owner had in its keeping may be listed for as long as a list is cached, and no longer.
        await Eventually.IsTrueAsync("the cached lists of before have expired", Patience, _ => Task.FromResult(Now - BeginOf(fault) > StaleAfter.Ticks * 100), Cancellation);
        await workload.AwaitListedAsync(40, Cancellation);
        await workload.EndAsync();
        var account = await Platform.Account.CloseAsync(workload.Prefix, Cancellation);

        Decide(
            Available(),
            Fresh(),
            Measurement.OfAccount("redis-kill.lossless", account));

        Measurement Available() => AvailabilityOf("redis-kill.available", "get", fault);

        Measurement Fresh()
        {
            var staleness = Staleness.Check(History.Where(line => line.Name != "post" || line.Marker?.StartsWith(workload.Prefix, StringComparison.Ordinal) == true), new ObservationFiles(Suite.Folder).Questions);
            return new Measurement("redis-kill.fresh", staleness.Oldest.TotalSeconds, staleness.Listings, staleness.Diagnosis, Rate.BetweenGets.TotalSeconds);
        }
    }
}
