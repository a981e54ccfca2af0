namespace Verification.Tests.Load.Steady;

public sealed class ReadsTests(PlatformFixture platform) : LoadTest(platform)
{
    private const long Rows = 1000;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-reads.success"),
        new LatencyPromise("load-reads.latency", BuffScenarios.Lists, 99),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>1,000 buffs, listed 100 times a second in 5 s and 40 s.</summary>
    [Fact]
    [Objective("load-reads.success")]
    [Objective("load-reads.latency")]
    [Objective("load-reads.statements")]
    public async Task Reads_alone_of_a_thousand_buffs_are_answered_in_time()
    {
        await Platform.Table.GrowToAsync(Rows, Cancellation);
        await Platform.Cache.ClearAsync();
        await using var loaded = Load("reads");

        var measured = await RunAsync(loaded, "reads", Promised, buffs => [buffs.List(Simulation.Inject(100, Second, Measured))]);

        Keep([.. measured.Of(Promised), measured.Counted("load-reads.statements", PlatformCounters.Statements)]);
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
