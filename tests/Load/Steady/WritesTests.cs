namespace Verification.Tests.Load.Steady;

public sealed class WritesTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-writes.success"),
        new LatencyPromise("load-writes.latency", BuffScenarios.Posts, 99),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From 100 buffs to 2,350, of which nothing is listed meanwhile: 50 a second are posted in 5 s and 40 s.</summary>
    [Fact]
    [Objective("load-writes.success")]
    [Objective("load-writes.latency")]
    [Objective("load-writes.lossless")]
    public async Task Writes_alone_are_answered_in_time_and_nothing_is_lost()
    {
        await using var loaded = Load("writes");

        var measured = await RunAsync(loaded, "writes", Promised, buffs => [buffs.Post(Simulation.Inject(50, Second, Measured))]);

        Keep([.. measured.Of(Promised)]);
        Keep(Measurement.OfAccount("load-writes.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
