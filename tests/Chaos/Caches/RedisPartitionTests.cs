using Verification.Stack.Control;

namespace Verification.Tests.Chaos.Caches;

public sealed class RedisPartitionTests(PlatformFixture platform) : LostOwnerScenario(platform)
{
    /// <summary>The Server goes on reaching the owner, which does not know yet that it is none.</summary>
    [Theory]
    [InlineData(CutDirection.BothWays)]
    [InlineData(CutDirection.Outgoing)]
    [Objective("redis-partition.available")]
    [Objective("redis-partition.failover")]
    [Objective("redis-partition.fresh")]
    [Objective("redis-partition.lossless")]
    public Task While_the_owner_of_the_cached_list_is_cut_off_from_its_peers_every_listing_is_answered_and_fresh(CutDirection direction) =>
        MeasureAsync(
            "redis-partition",
            owner => Faults.Cut(owner, [.. Stack.Instances(InstanceRole.Redis).Where(node => node.Name != owner.Name)], direction)
        );
}
