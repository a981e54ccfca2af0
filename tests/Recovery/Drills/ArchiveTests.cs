using Verification.Stack.Readiness;

namespace Verification.Tests.Recovery.Drills;

public sealed class ArchiveTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rounds = 3;
    private const int Between = 10;
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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

    /// <summary>Buffs are posted, and what the archiver tells is awaited, first while it can archive and then while somebody
    /// who died has locked the archive.</summary>
    [Fact]
    [Objective("archive.told")]
    public async Task Up_to_when_all_is_archived_is_told_and_never_a_moment_that_is_not()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
        var deviations = new List<string>();

        var (committed, newest) = await CommitAsync(procedures);
        if (!await IsToldAsync(procedures, committed))
            deviations.Add($"what was committed at {committed:HH:mm:ss} is not told of as archived {Patience.TotalSeconds} s later");
        if (!await procedures.IsArchivedAsync(newest, Cancellation))
            deviations.Add($"{newest} is told of as archived, and is not");

        await using var job = await procedures.StartJobAsync("dying-job", Cancellation);
        await procedures.LockOutAsync(job, Cancellation);
        try
        {
            (committed, _) = await CommitAsync(procedures);
            var told = await Eventually.SeeAsync(
                $"what is told lies {Stale.TotalSeconds} s back",
                Patience,
                procedures.ArchivedUntilAsync,
                until => until >= committed || TimeProvider.System.GetUtcNow() - until >= Stale,
                Cancellation
            );
            if (told >= committed)
                deviations.Add($"{told:HH:mm:ss} is told of as archived while the archive is locked since before");
        }
        finally
        {
            // Whoever restores next would wait for it.
            await procedures.UnlockAsync(job, CancellationToken.None);
        }

        if (!await IsToldAsync(procedures, committed))
            deviations.Add($"what was committed while the archive was locked is not told of {Patience.TotalSeconds} s after that");
        Decide(Measurement.OfDeviations("archive.told", deviations, observations: 4));
    }

    /// <summary>Posts buffs until they stand in the table.</summary>
    /// <returns>When they did, and the newest transaction then.</returns>
    private async Task<(DateTimeOffset At, string Newest)> CommitAsync(BackupProcedures procedures)
    {
        await using (var traffic = new BuffTraffic(Platform, Marker.New("told"), clients: 1))
            await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        await Platform.FenceAsync(Cancellation);
        return (TimeProvider.System.GetUtcNow(), await procedures.NewestExecutedAsync(Cancellation));
    }

    private static async Task<bool> IsToldAsync(BackupProcedures procedures, DateTimeOffset committed)
    {
        try
        {
            await Eventually.SeeAsync(
                $"all up to {committed:HH:mm:ss} is told of as archived",
                Patience,
                procedures.ArchivedUntilAsync,
                until => until >= committed,
                Cancellation
            );
            return true;
        }
        catch (StateNotSeenException)
        {
            return false;
        }
    }
}
