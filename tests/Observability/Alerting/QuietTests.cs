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

    /// <summary>One more than are needed: one may say nothing.</summary>
    private const int MostWindows = 6;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>An hour of production, as rules count it.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(16);

    /// <summary>Each window goes from 100 buffs to 700. What wakes somebody for nothing is not believed the next time.</summary>
    [Fact]
    [Objective("alerts.quiet")]
    public async Task A_healthy_platform_under_load_tells_nothing()
    {
        RequireBrokerMetrics();
        await AwaitPeaceAsync();
        var heard = (await Watch.NotificationsAsync(Cancellation)).Count;
        var windows = new List<QuietWindow>();
        while (windows.Count < MostWindows && !QuietWindow.AreEnough(windows, Enough))
        {
            if (windows.Count > 0)
                await ChargeAsync(["restart.recovers"], () => Platform.ResetAsync(Cancellation));
            var (lack, busy) = await LoadAsync();
            // Of what was told between two windows somebody was woken, too.
            var told = await Watch.NotificationsAsync(Cancellation);
            windows.Add(
                new QuietWindow(
                    Window,
                    [.. told.Skip(heard).SelectMany(each => each.Alerts.Select(alert => $"{alert} to {each.Receiver}"))],
                    lack,
                    busy
                )
            );
            heard = told.Count;
        }

        Decide(QuietWindow.Of("alerts.quiet", windows));
    }

    /// <summary>Loads for a window.</summary>
    /// <returns>Why its silence says nothing, and why nothing can be said of it; null where there is no reason.</returns>
    private async Task<(string? Lack, string? Busy)> LoadAsync()
    {
        var host = new HostCpu();
        var buffs = new BuffScenarios(Platform, Marker.New("quiet"));
        var load = await NBomberRunner
            .RegisterScenarios(
                buffs.Post(Simulation.Inject(PostsPerSecond, Second, Window)),
                buffs.List(Simulation.Inject(ListsPerSecond, Second, Window))
            )
            .WithTestName("quiet")
            .WithoutReports()
            .RunAsync(TimeProvider.System, Cancellation);
        var lack =
            (await ScrapesAsync()).Lack
            ?? WantedLoad.Lack(
                Part(load, BuffScenarios.Posts, "POSTs", PostsPerSecond),
                Part(load, BuffScenarios.Lists, "GETs", ListsPerSecond)
            );
        return (lack, host.Excess);
    }

    private async Task<ScrapeCount> ScrapesAsync()
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"[{Window.TotalSeconds:0}s]");
        var targets = await Watch.Prometheus.TargetsAsync(Cancellation);
        return new ScrapeCount(
            targets.Count,
            await Watch.Prometheus.ValuesAsync($"count_over_time(up{range})", Cancellation),
            await Watch.Prometheus.ValueAsync($"sum(count_over_time(up{range}) - sum_over_time(up{range}))", Cancellation),
            targets.Count == 0 ? 0 : Window / targets.Max(target => target.Interval)
        );
    }

    private static WantedLoad Part(EngineResult load, string scenario, string what, int perSecond) =>
        new(
            what,
            perSecond * (long)Window.TotalSeconds,
            load.Stats.ScenarioStats.Single(stats => stats.ScenarioName == scenario).AllOkCount
        );
}
