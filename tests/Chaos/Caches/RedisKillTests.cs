namespace Verification.Tests.Chaos.Caches;

public sealed class RedisKillTests(PlatformFixture platform) : LostOwnerScenario(platform)
{
    [Fact]
    [Objective("redis-kill.available")]
    [Objective("redis-kill.failover")]
    [Objective("redis-kill.fresh")]
    [Objective("redis-kill.lossless")]
    public Task While_the_owner_of_the_cached_list_is_dead_every_listing_is_answered_and_fresh() => MeasureAsync("redis-kill", Faults.Kill);
}
