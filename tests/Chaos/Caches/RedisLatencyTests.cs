using Verification.Tests.Chaos.Links;

namespace Verification.Tests.Chaos.Caches;

public sealed class RedisLatencyTests(PlatformFixture platform) : LinkScenario(platform)
{
    private const string Answered = "redis-latency.available";
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 40);

    // Longer than a Server waits for its cache (200 ms), which it has to give up in time; its client calls no command lost yet (500 ms).
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StaleAfter = Contract.CacheExpiry + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Objective("redis-latency.available")]
    [Objective("redis-latency.slowest")]
    [Objective("redis-latency.fresh")]
    [Objective("redis-latency.lossless")]
    public async Task A_Redis_that_answers_late_is_given_up_in_time_and_keeps_nobody_from_a_fresh_list()
    {
        var link = LinkTo(InstanceRole.Redis);
        await using var workload = StartWorkload("redis-latency", Rate);
        await workload.AwaitListedAsync(40, Cancellation);

        await using var fault = await InjectAsync(Faults.Latency(link, Latency));
        AtEnd(Available, Slowest, Fresh);
        await AwaitHeldAsync(fault, Slow);
        await fault.HealAsync(Cancellation);
        var healed = Now;
        // A list that came into the cache too late may be listed for as long as a list is cached, and no longer.
        await Eventually.IsTrueAsync(
            "the lists that were cached while Redis was slow have expired",
            Patience,
            _ => Task.FromResult(Now - healed > StaleAfter.Ticks * 100),
            Cancellation
        );
        await ChargeAsync([Answered], () => workload.AwaitListedAsync(40, Cancellation));
        await workload.EndAsync();
        var account = await AccountOfAsync("redis-latency.lossless", workload);

        Decide(Available(), Slowest(), Fresh(), account);

        Measurement Available() => UnansweredOf(Answered, "get", fault);

        Measurement Slowest() => SlowestOf("redis-latency.slowest", "get", fault);

        Measurement Fresh() => StalenessOf("redis-latency.fresh", workload, Rate);
    }
}
