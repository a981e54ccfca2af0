namespace Verification.Tests.Load.Mixes;

public sealed class LiveEventTests : Scenario
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);
    private readonly PlatformFixture fixture;

    public LiveEventTests(PlatformFixture platform)
        : base(platform) => fixture = platform;

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(2);

    /// <summary>From 100 buffs to 500, or 800 where a saturated generator tries again: 20 a second are posted in 5 s and 15 s.</summary>
    [Fact]
    [Objective("load.success")]
    [Objective("load.get-latency")]
    [Objective("load.post-latency")]
    [Objective("load.lossless")]
    public async Task Readers_and_writers_of_a_live_event_are_answered_in_time_and_nothing_is_lost()
    {
        var run = fixture.Session.Suite.Folder;
        using var log = HistoryLog.Open(run.History, TimeProvider.System, Buffering.OfLoad);
        var history = new ScenarioHistory(log, Platform.History.Scenario);
        await using var loaded = PlatformUnderTest.Of(Stack, history, run, (service, deadline) => new HttpTransport(service, deadline));
        var prefix = Marker.New("event");

        async Task<(LoadResult Result, string File)> RunAsync(string part, TimeSpan warmUp)
        {
            var result = await new LoadRun(TimeProvider.System).RunAsync(Mix(loaded, $"{prefix} {part}", warmUp), Cancellation);
            return (result, new CheckFiles(run).Keep(history.Scenario, "load", result));
        }

        var (result, file) = await RunAsync("first", TimeSpan.FromSeconds(5));
        if (result.Saturation is { } saturation)
        {
            // Another process may have had the machine for a moment; once more, of a platform that is warm.
            history.Event("repeated", detail: saturation);
            (result, file) = await RunAsync("again", TimeSpan.Zero);
        }

        var account = await loaded.Account.CloseAsync(prefix, Cancellation);
        await Platform.ResetAsync(Cancellation);
        var measured = new LoadMeasurements(result, file);

        Decide(
            measured.Success("load.success"),
            measured.Latency("load.get-latency", "get", response => response.P99),
            measured.Latency("load.post-latency", "post", response => response.P95),
            Measurement.OfAccount("load.lossless", account));
    }

    private static LoadScenario Mix(PlatformUnderTest platform, string prefix, TimeSpan warmUp)
    {
        var buffs = new BuffLoad(platform, prefix);
        return new LoadScenario(
            "live event",
            [
                new LoadOperation("post", new ConstantArrivalRate(20, Second, Measured), buffs.PostAsync),
                new LoadOperation("get", new ConstantArrivalRate(80, Second, Measured), buffs.ListAsync),
            ])
        {
            WarmUp = warmUp,
        };
    }
}
