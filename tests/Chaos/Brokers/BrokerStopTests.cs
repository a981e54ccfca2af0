namespace Verification.Tests.Chaos.Brokers;

public sealed class BrokerStopTests(PlatformFixture platform) : LostBrokerScenario(platform)
{
    [Fact]
    [Objective("broker-stop.takeover")]
    [Objective("broker-stop.lossless")]
    [Objective("broker-stop.listings")]
    [Objective("broker-stop.one-active")]
    public Task An_active_broker_that_is_asked_to_end_is_taken_over_by_the_other_and_nothing_acknowledged_is_lost() =>
        MeasureAsync("broker-stop", Faults.Stop);
}
