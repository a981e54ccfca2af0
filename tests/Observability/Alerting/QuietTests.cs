using System.Globalization;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Load.Scenarios;
using Verification.Platform;

namespace Verification.Tests.Observability.Alerting;

public sealed class QuietTests(PlatformFixture platform) : WatchedScenario(platform)
{
    private const int PostsPerSecond = 5;
    private const int ListsPerSecond = 20;
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

        var load = await NBomberRunner
            .RegisterScenarios(
                buffs.Post(Simulation.Inject(PostsPerSecond, Second, Loaded)),
                buffs.List(Simulation.Inject(ListsPerSecond, Second, Loaded))
            )
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
        // What was not looked at, or not under load, may have been anything; what was told is told all the same.
        var lack =
            missed > 0
                ? $"{missed:0} of {scrapes:0} scrapes failed"
                : WantedLoad.Lack(
                    Part(load, BuffScenarios.Posts, "POSTs", PostsPerSecond),
                    Part(load, BuffScenarios.Lists, "GETs", ListsPerSecond)
                );
        Decide(
            told.Count == 0 && lack is not null
                ? Measurement.NotMeasured("alerts.quiet", lack)
                : NeedlessAlerts("alerts.quiet", told, (long)scrapes)
        );
    }

    private static WantedLoad Part(EngineResult load, string scenario, string what, int perSecond) =>
        new(
            what,
            perSecond * (long)Loaded.TotalSeconds,
            load.Stats.ScenarioStats.Single(stats => stats.ScenarioName == scenario).AllOkCount
        );
}
