using System.Globalization;

namespace Verification.Tests.Recovery.Drills;

public sealed class LatestBackupTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Proven = "drill-newest.proven";
    private const int Between = 10;
    private const double Resolution = 0.01;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>A backup, a closed binary log and an open one; then the drill, from beside the platform.</summary>
    [Fact]
    [Objective("drill-newest.proven")]
    public async Task The_newest_backup_is_proven_by_whoever_can_only_read_it()
    {
        var additions = RequireAdditions();
        var procedures = new BackupProcedures(Stack, additions, Platform.History);
        if (procedures.ReadOnlyUnavailable is { } why)
            Decide(Measurement.NotMeasured(Proven, why));
        await procedures.PrepareAsync(Cancellation);
        await procedures.BackUpAsync("physical", Cancellation);
        await using (var traffic = new BuffTraffic(Platform, Marker.New("latest backup"), clients: 1))
        {
            await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
            await procedures.RotateAsync(Cancellation);
            await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        }

        await Platform.FenceAsync(Cancellation);
        var beat = await procedures.BeatAsync(Cancellation);
        await procedures.AwaitArchivedAsync(Cancellation);
        var target = await procedures.ServeReadOnlyAsync(Cancellation);
        Decide(Measurement.OfDeviations(Proven, await DeviationsAsync(procedures, target, beat), observations: 3));
    }

    private static async Task<IReadOnlyList<string>> DeviationsAsync(BackupProcedures procedures, BackupTarget target, DateTimeOffset beat)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limited.CancelAfter(Patience);
        try
        {
            return DeviationsOf(await procedures.DrillLatestAsync(target, limited.Token), beat);
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            // restic tries for many minutes what it may not do.
            return [$"nothing is proven: it has not ended after {Patience.TotalSeconds} s"];
        }
    }

    private static IReadOnlyList<string> DeviationsOf(LatestDrillOutcome outcome, DateTimeOffset beat)
    {
        if (outcome is not { Refusal: null, Restored.Facts: var facts, Metrics: { } metrics })
            return [$"nothing is proven: {outcome.Refusal}"];
        var told = beat.AddSeconds(double.Parse(facts["heartbeat"], CultureInfo.InvariantCulture));
        var began = outcome.Fetched.Phases[0].Began;
        return
        [
            .. Math.Abs((told - began).TotalSeconds) > Resolution
                ?
                [
                    $"the heartbeat that came back lies {facts["heartbeat"]} s before the drill, that of the platform {(began - beat).TotalSeconds:0.00} s",
                ]
                : Array.Empty<string>(),
            .. facts["buff"].Length == 0 ? ["no buff came back"] : Array.Empty<string>(),
            .. metrics.Contains("sportbuff_backup_drill_success_timestamp_seconds{kind=\"physical\"} ", StringComparison.Ordinal)
                ? Array.Empty<string>()
                : ["its metrics do not tell that it succeeded"],
        ];
    }
}
