namespace Verification.Tests.Load.Bursts;

public sealed class SpikeTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Change = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Spike = TimeSpan.FromSeconds(10);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-spike.success"),
        new LatencyPromise("load-spike.get-latency", BuffScenarios.Lists, 99),
        new LatencyPromise("load-spike.post-latency", BuffScenarios.Posts, 95),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From 100 buffs to 430: 10 a second are posted in 5 s and 28 s. Readers go from 20 a second to 200 within a second, stay for
    /// 10 s, and leave.</summary>
    [Fact]
    [Objective("load-spike.success")]
    [Objective("load-spike.get-latency")]
    [Objective("load-spike.post-latency")]
    [Objective("load-spike.lossless")]
    public async Task A_spike_of_readers_is_answered_in_time_and_writers_do_not_notice()
    {
        await using var loaded = Load("spike");

        var measured = await RunAsync(
            loaded,
            "spike",
            Promised,
            buffs =>
                [
                    buffs.Post(Simulation.Inject(10, Second, Calm + Change + Spike + Change + Calm)),
                    buffs.List(
                        Simulation.Inject(20, Second, Calm),
                        Simulation.RampingInject(200, Second, Change),
                        Simulation.Inject(200, Second, Spike),
                        Simulation.RampingInject(20, Second, Change),
                        Simulation.Inject(20, Second, Calm)
                    ),
                ]
        );

        Keep([.. measured.Of(Promised)]);
        Keep(Measurement.OfAccount("load-spike.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
