namespace Verification.Tests.Chaos.Databases;

public sealed class ReplicationSettingsTests(PlatformFixture platform) : DatabaseScenario(platform)
{
    [Fact]
    [Objective("settings.replication")]
    public async Task Source_and_replica_work_with_the_settings_of_config()
    {
        await PairAsync();
        var comparison = await Stack.CompareSettingsAsync(InstanceRole.Mysql, Config, Cancellation);

        Decide(
            Measurement.OfDeviations(
                "settings.replication",
                [.. comparison.Deviations.Select(deviation => $"{deviation}")],
                comparison.Compared
            )
        );
    }
}
