namespace Verification.Tests.Load.Bursts;

public sealed class StressTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Stressed = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(15);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-stress.success-behind"),
        new LatencyPromise("load-stress.latency-behind", BuffScenarios.Lists, 95),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From 100 buffs to 1,900: 100 a second are posted in 15 s, then 20 a second in 15 s. 64 readers list without a pause, so
    /// that the platform is past what it can do; of those figures nothing is judged.</summary>
    [Fact]
    [Objective("load-stress.lossless")]
    [Objective("load-stress.success-behind")]
    [Objective("load-stress.latency-behind")]
    public async Task Behind_more_than_it_can_do_the_platform_answers_in_time_at_once_and_nothing_is_lost()
    {
        await using var loaded = Load("stress");

        await RunOnceAsync(
            loaded,
            "stress",
            "stress",
            TimeSpan.Zero,
            [],
            buffs => [buffs.Post(Simulation.Inject(100, Second, Stressed)), buffs.List(Simulation.KeepConstant(64, Stressed))]
        );
        var measured = await RunOnceAsync(
            loaded,
            "behind the stress",
            "behind",
            TimeSpan.Zero,
            Promised,
            buffs => [buffs.Post(Simulation.Inject(20, Second, Behind)), buffs.List(Simulation.Inject(80, Second, Behind))]
        );

        Keep([.. measured.Of(Promised)]);
        Keep(Measurement.OfAccount("load-stress.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
