namespace Verification.Tests.Chaos.Caches;

public sealed class RedisFreezeTests(PlatformFixture platform) : LostOwnerScenario(platform)
{
    /// <summary>A dead one refuses at once; this one takes what it is asked, and does not answer.</summary>
    [Fact]
    [Objective("redis-freeze.available")]
    [Objective("redis-freeze.failover")]
    [Objective("redis-freeze.fresh")]
    [Objective("redis-freeze.lossless")]
    public Task While_the_owner_of_the_cached_list_is_frozen_every_listing_is_answered_and_fresh() =>
        MeasureAsync("redis-freeze", Faults.Freeze);
}
