namespace Verification.Tests.Load.Mixes;

public sealed class LiveEventTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load.success"),
        new LatencyPromise("load.get-latency", BuffScenarios.Lists, 99),
        new LatencyPromise("load.post-latency", BuffScenarios.Posts, 95),
    ];

    /// <summary>From 100 buffs to 500, or 800 where a saturated generator tries again: 20 a second are posted in 5 s and 15 s.</summary>
    [Fact]
    [Objective("load.success")]
    [Objective("load.get-latency")]
    [Objective("load.post-latency")]
    [Objective("load.lossless")]
    public async Task Readers_and_writers_of_a_live_event_are_answered_in_time_and_nothing_is_lost()
    {
        await using var loaded = Load("event");

        var measured = await RunAsync(
            loaded,
            "live event",
            Promised,
            buffs => [buffs.Post(Simulation.Inject(20, Second, Measured)), buffs.List(EventReaders.Few.During(Measured))]
        );

        Keep([.. measured.Of(Promised)]);
        Keep(Measurement.OfAccount("load.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
