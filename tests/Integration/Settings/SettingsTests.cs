using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Settings;

public sealed class SettingsTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    [Objective("settings.mysql")]
    public Task MySQL_works_with_the_settings_of_config() => CompareAsync("settings.mysql", InstanceRole.Mysql);

    [Fact]
    [Objective("settings.redis")]
    public Task Every_Redis_node_works_with_the_settings_of_config() => CompareAsync("settings.redis", InstanceRole.Redis);

    [Fact]
    [Objective("settings.broker")]
    public Task The_broker_works_with_the_settings_of_config() => CompareAsync("settings.broker", InstanceRole.Broker);

    [Fact]
    [Objective("settings.safe")]
    public async Task What_the_promises_rest_on_holds_of_the_settings_in_effect()
    {
        var rules = SafeSettingsFile.Read(Suite.Root.SafeSettings);
        var (deviations, suspects, held) = (new List<IReadOnlyList<string>>(), new List<string>(), 0);
        foreach (var ofComponent in rules.GroupBy(rule => rule.Component, StringComparer.Ordinal))
        {
            var names = ofComponent.Select(rule => rule.Setting).ToList();
            var told = await Eventually.SeeAsync(
                $"{ofComponent.Key} tells its settings",
                Patience,
                ct => Stack.TellSettingsAsync(ofComponent.Key, names, ct),
                _ => true,
                Cancellation
            );
            held += told.Count * names.Count;
            var unsafely = told.SelectMany(instance =>
                    ofComponent.Select(rule => rule.Deviation(instance.Instance, instance.Values.GetValueOrDefault(rule.Setting)))
                )
                .OfType<Finding>()
                .ToList();
            if (unsafely.Count > 0)
                suspects.Add(
                    Enum.TryParse<BrokerKind>(ofComponent.Key, ignoreCase: true, out _)
                        ? Role.FromInstanceRole(InstanceRole.Broker).Name
                        : ofComponent.Key
                );
            deviations.Add(Finding.Gather(unsafely));
        }

        Decide(Measurement.OfDeviations("settings.safe", Finding.ByTurns(deviations), held) with { Suspects = [.. suspects.Take(2)] });
    }

    [Theory]
    [InlineData("mysql", InstanceRole.Mysql)]
    [InlineData("redis", InstanceRole.Redis)]
    [InlineData("broker", InstanceRole.Broker)]
    [Objective("versions.skew")]
    public async Task A_component_runs_in_the_version_of_production(string component, InstanceRole role)
    {
        var running = await Stack.VersionAsync(role, Cancellation);
        var name = role == InstanceRole.Broker ? $"{Stack.Description.Broker}".ToLowerInvariant() : component;
        var production = VersionList.In(Config).Components[name].Version;

        // A patch apart is the same.
        var same = running.StartsWith($"{production}.", StringComparison.Ordinal) || running == production;
        Decide(
            Measurement.OfDeviations("versions.skew", same ? [] : [$"{name} runs in {running}, production in {production}"], 1) with
            {
                Target = component,
                Suspects = [component],
            }
        );
    }

    private async Task CompareAsync(string objective, InstanceRole role)
    {
        var comparison = await Eventually.SeeAsync(
            "the component tells its settings",
            Patience,
            ct => Stack.CompareSettingsAsync(role, Config, ct),
            _ => true,
            Cancellation
        );

        Decide(
            Measurement.OfDeviations(
                objective,
                Finding.Gather(comparison.Deviations.Select(deviation => deviation.AsFinding)),
                comparison.Compared
            )
        );
    }
}
