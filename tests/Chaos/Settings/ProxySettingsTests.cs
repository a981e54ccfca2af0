namespace Verification.Tests.Chaos.Settings;

public sealed class ProxySettingsTests(PlatformFixture platform) : ChaosScenario(platform)
{
    [Fact]
    [Objective("settings.haproxy")]
    public async Task The_proxy_works_with_the_settings_of_config()
    {
        var comparison = await Stack.CompareSettingsAsync(new Role("haproxy"), Config, Cancellation);

        Decide(
            Measurement.OfDeviations(
                "settings.haproxy",
                [.. comparison.Deviations.Select(deviation => $"{deviation}")],
                comparison.Compared
            )
        );
    }
}
