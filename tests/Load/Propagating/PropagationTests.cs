using Verification.Stack.Readiness;

namespace Verification.Tests.Load.Propagating;

public sealed class PropagationTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Seen = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From 100 buffs to 1,000: 20 a second are posted in 5 s and 40 s, while somebody looks at the table and lists without a
    /// pause.</summary>
    [Fact]
    [Objective("load-propagation.row")]
    [Objective("load-propagation.listed")]
    [Objective("load-propagation.late")]
    [Objective("load-propagation.lossless")]
    public async Task What_was_acknowledged_soon_stands_in_the_table_and_in_the_list()
    {
        await using var loaded = Load("propagation");
        var watch = new PropagationWatch(loaded.Platform, TimeProvider.System);
        loaded.Acknowledged = watch.Acknowledge;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watching = watch.RunAsync(end.Token);

        var load = await RunAsync(loaded, "propagation", [], buffs => [buffs.Post(Simulation.Inject(20, Second, Measured))]);
        try
        {
            await Eventually.IsTrueAsync("every acknowledged buff was listed", Seen, _ => Task.FromResult(watch.HasSeenAll), Cancellation);
        }
        catch (StateNotSeenException)
        {
            // The result says which did not come.
        }

        await end.CancelAsync();
        await watching;
        var result = watch.Result(Late);
        var file = new CheckFiles(Suite.Folder).Keep(Platform.History.Scenario, "propagation", result);
        var seen = new PropagationMeasurements(
            result,
            file,
            load.Result.Saturation is { } saturation ? LoadMeasurements.Advise(saturation) : null
        );
        Keep(seen.Row("load-propagation.row"), seen.Listed("load-propagation.listed"), seen.TooLate("load-propagation.late"));
        Keep(Measurement.OfAccount("load-propagation.lossless", await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation)));
        await Platform.ResetAsync(Cancellation);
        Decide();
    }
}
