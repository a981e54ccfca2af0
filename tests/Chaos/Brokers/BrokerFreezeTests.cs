namespace Verification.Tests.Chaos.Brokers;

public sealed class BrokerFreezeTests(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    protected override TimeSpan Longer => Frozen;

    // Longer than any time-out that would take the lock for free; before a release as long as a machine may hang.
    private TimeSpan Frozen => TimeSpan.FromSeconds(Suite.Profile.Name == Profile.OfReleases ? 60 : 15);

    [Fact]
    [Objective("broker-freeze.not-taken-over")]
    [Objective("broker-freeze.bounded")]
    [Objective("broker-freeze.recovery")]
    [Objective("broker-freeze.lossless")]
    public async Task A_frozen_active_broker_is_not_taken_over_and_goes_on()
    {
        var active = await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation);
        await using var watch = new BrokerWatch(Stack, Platform.History, TimeProvider.System);
        await using var workload = StartWorkload("broker-freeze", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await using var fault = await InjectAsync(Faults.Freeze(active));
        AtEnd(NotTakenOver, Bounded);
        await Eventually.IsTrueAsync(
            $"{active.Name} has been frozen for {Frozen.TotalSeconds} s",
            Frozen + Patience,
            _ => Task.FromResult(Now - BeginOf(fault) > Frozen.Ticks * 100),
            Cancellation
        );
        var goesOn = Now;
        await fault.HealAsync(Cancellation);
        await workload.AwaitAcknowledgedAsync(150, Cancellation);
        await workload.EndAsync();
        await watch.EndAsync();
        var account = await AccountOfAsync("broker-freeze.lossless", workload);

        Decide(NotTakenOver(), Bounded(), RecoveryOf("broker-freeze.recovery", "post", fault, goesOn, Rate.BetweenPosts), account);

        Measurement NotTakenOver() =>
            Measurement.OfDeviations("broker-freeze.not-taken-over", watch.OthersThan(active), watch.Looks) with
            {
                Target = active.Name,
                Fault = fault.Fault.Name,
            };

        Measurement Bounded() => SlowestOf("broker-freeze.bounded", "post", fault);
    }
}
