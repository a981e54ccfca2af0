namespace Verification.Tests.Load.Mixes;

public sealed class LongEventTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(75);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-event.success"),
        new LatencyPromise("load-event.get-latency", BuffScenarios.Lists, 99),
        new LatencyPromise("load-event.post-latency", BuffScenarios.Posts, 99),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <summary>From 100 buffs to 900, which each reader of a burst is given: 10 a second are posted in 5 s and 75 s.</summary>
    [Fact]
    [Objective("load-event.success")]
    [Objective("load-event.get-latency")]
    [Objective("load-event.post-latency")]
    [Objective("load-event.lossless")]
    public async Task A_live_event_that_goes_on_is_answered_in_time_while_the_table_grows_and_nothing_is_lost()
    {
        await using var loaded = Load("long-event");

        var measured = await RunAsync(
            loaded,
            "long event",
            Promised,
            buffs => [buffs.Post(Simulation.Inject(10, Second, Measured)), buffs.List(EventReaders.Many.During(Measured))]
        );

        Keep([.. measured.Of(Promised)]);
        Keep(Measurement.OfAccount("load-event.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
