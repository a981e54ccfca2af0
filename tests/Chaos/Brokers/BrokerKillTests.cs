namespace Verification.Tests.Chaos.Brokers;

public sealed class BrokerKillTests(PlatformFixture platform) : LostBrokerScenario(platform)
{
    [Fact]
    [Objective("broker-kill.takeover")]
    [Objective("broker-kill.lossless")]
    [Objective("broker-kill.listings")]
    [Objective("broker-kill.one-active")]
    public Task A_killed_active_broker_is_taken_over_by_the_other_and_nothing_acknowledged_is_lost() =>
        MeasureAsync("broker-kill", Faults.Kill);
}
