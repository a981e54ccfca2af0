using System.Globalization;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Load.Scenarios;
using Verification.Platform;

namespace Verification.Tests.Observability.Alerting;

public sealed class QuietTests(PlatformFixture platform) : WatchedScenario(platform)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>An hour of production, as rules count it.</summary>
    private static readonly TimeSpan Loaded = TimeSpan.FromMinutes(2);

    /// <summary>From 100 buffs to 700. What wakes somebody for nothing is not believed the next time.</summary>
    [Fact]
    [Objective("alerts.quiet")]
    public async Task A_healthy_platform_under_load_tells_nothing()
    {
        RequireBrokerMetrics();
        await AwaitPeaceAsync();
        var before = (await Watch.NotificationsAsync(Cancellation)).Count;
        var buffs = new BuffScenarios(Platform, Marker.New("quiet"));

        await NBomberRunner
            .RegisterScenarios(buffs.Post(Simulation.Inject(5, Second, Loaded)), buffs.List(Simulation.Inject(20, Second, Loaded)))
            .WithTestName("quiet")
            .WithoutReports()
            .RunAsync(TimeProvider.System, Cancellation);

        var told = (await Watch.NotificationsAsync(Cancellation))
            .Skip(before)
            .SelectMany(each => each.Alerts.Select(alert => $"{alert} to {each.Receiver}"))
            .ToList();
        var range = string.Create(CultureInfo.InvariantCulture, $"[{Loaded.TotalSeconds:0}s]");
        var scrapes = await Watch.Prometheus.ValueAsync($"sum(count_over_time(up{range}))", Cancellation);
        var missed = await Watch.Prometheus.ValueAsync($"sum(count_over_time(up{range}) - sum_over_time(up{range}))", Cancellation);
        // What was not looked at may have been anything; what was told is told all the same.
        Decide(
            told.Count == 0 && missed > 0
                ? Measurement.NotMeasured("alerts.quiet", $"{missed:0} of {scrapes:0} scrapes failed")
                : NeedlessAlerts("alerts.quiet", told, (long)scrapes)
        );
    }
}
