namespace Verification.Tests.Chaos.Links;

public sealed class BrokerBlackHoleTests(PlatformFixture platform) : LinkScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);

    // Longer than both sides need to notice that heart-beats have ended.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);

    [Fact]
    [Objective("broker-black-hole.bounded")]
    [Objective("broker-black-hole.listings")]
    [Objective("broker-black-hole.recovery")]
    [Objective("broker-black-hole.lossless")]
    public async Task A_link_to_the_broker_that_swallows_everything_is_told_in_time_and_forgotten_soon()
    {
        var link = LinkTo(InstanceRole.Broker);
        await using var workload = StartWorkload("broker-black-hole", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await using var fault = await InjectAsync(Faults.BlackHole(link));
        AtEnd(Bounded, Listings);
        await AwaitHeldAsync(fault, Silent);
        var goesOn = Now;
        await fault.HealAsync(Cancellation);
        await workload.AwaitAcknowledgedAsync(150, Cancellation);
        await workload.EndAsync();
        var account = await AccountOfAsync("broker-black-hole.lossless", workload);

        Decide(Bounded(), Listings(), RecoveryOf("broker-black-hole.recovery", "post", fault, goesOn, Rate.BetweenPosts), account);

        Measurement Bounded() => SlowestOf("broker-black-hole.bounded", "post", fault);

        Measurement Listings() => UnansweredOf("broker-black-hole.listings", "get", fault);
    }
}
