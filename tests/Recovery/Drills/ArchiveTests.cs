namespace Verification.Tests.Recovery.Drills;

public sealed class ArchiveTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rounds = 3;
    private const int Between = 10;

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>Somebody dies while he reads the archive, and somebody who prunes it; then binary logs are closed, and what was written is
    /// awaited in the archive.</summary>
    [Fact]
    [Objective("archive.goes-on")]
    public async Task What_is_written_is_archived_whatever_locks_the_dead_have_left()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
        await Platform.FenceAsync(Cancellation);
        await procedures.RotateAsync(Cancellation);
        await procedures.AwaitArchivedAsync(Cancellation);
        await using var job = await procedures.StartJobAsync("dying-job", Cancellation);
        await procedures.LeaveLocksAsync(job, Cancellation);
        var slowest = TimeSpan.Zero;
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await using (var traffic = new BuffTraffic(Platform, Marker.New("archived"), clients: 1))
                    await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
                await procedures.RotateAsync(Cancellation);
                await Platform.FenceAsync(Cancellation);
                var written = TimeProvider.System.GetTimestamp();
                await procedures.AwaitArchivedAsync(Cancellation);
                var took = TimeProvider.System.GetElapsedTime(written);
                slowest = took > slowest ? took : slowest;
            }
        }
        finally
        {
            // Whoever restores next would wait for them.
            await procedures.UnlockAsync(job, CancellationToken.None);
        }

        Decide(new Measurement("archive.goes-on", slowest.TotalSeconds, Rounds, Resolution: 1));
    }
}
