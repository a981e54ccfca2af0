using System.Diagnostics;
using Verification.Cluster.Deployments;
using Verification.Cluster.Promotion;
using Verification.Cluster.Restoring;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Somebody has deleted the namespace of the platform. Its volumes are kept by their class, its objects by Velero.</summary>
public sealed class NamespaceLostTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Restored = "namespace-lost.restored";
    private const string Served = "namespace-lost.served";
    private const string Backup = "namespace-lost";

    /// <summary>Requests that are awaited before the backup, and again before anything is deleted.</summary>
    private const int Enough = 60;

    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(240);

    /// <summary>What was acknowledged until the last moment is in a volume, that of MySQL or that of the broker.</summary>
    [Fact]
    [Objective("namespace-lost.restored")]
    [Objective("namespace-lost.served")]
    [Objective("namespace-lost.lossless")]
    public async Task A_namespace_that_was_deleted_is_restored_with_its_volumes_and_nothing_acknowledged_is_lost()
    {
        var platform = await RequireExposedAsync();
        if (platform.BackupMissing is { } missing)
            NotMeasured(missing);
        var history = new ScenarioHistory(Suite.History, TestName);
        var prefix = Marker.New(Backup);
        var backup = await ObjectBackup.FindAsync(platform.Client, Cancellation);
        var lost = new LostNamespace(platform.Client, LocalPlatform.Namespace);
        var before = await platform.Platform.ObjectsAsync(Cancellation);

        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        await using var driven = PlatformUnderTest.Of(stack, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        await using (var clients = new GatewayClients(driven, platform.NewClient(token: null), prefix))
        {
            await clients.AwaitRequestsAsync(Enough, Cancellation);
            Tell($"backed up: {await backup.MakeAsync(Backup, Cancellation)} objects");
            await clients.AwaitRequestsAsync(Enough, Cancellation);
            await lost.DeleteAsync(Cancellation);
        }

        var started = Stopwatch.GetTimestamp();
        Tell($"volumes kept: {await lost.KeepVolumesAsync(Cancellation)}");
        // What is not restored is not served.
        await ChargeAsync([Restored, Served], () => backup.RestoreAsync(Backup, Cancellation));
        // Both servers of MySQL have come back read-only.
        await PromotionJob.StartAsync(platform.Client, LocalPlatform.Namespace, Cancellation);
        Keep(await ServedAsync(driven, prefix, started));
        var restored = await platform.Platform.ObjectsAsync(Cancellation);
        Keep(
            Measurement.OfDeviations(
                Restored,
                restored.MissingSince(before, LocalPlatform.Namespace),
                before.LastingIn(LocalPlatform.Namespace).Count
            )
        );

        // Its pods are others now.
        await using var after = await platform.Platform.AttachAsync(Cancellation);
        await using var again = PlatformUnderTest.Of(after, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        Decide(Measurement.OfAccount("namespace-lost.lossless", await again.Account.CloseAsync(prefix, Cancellation)));
    }

    /// <summary>From the first step of whoever restores until a buff was taken and is listed.</summary>
    private static async Task<Measurement> ServedAsync(PlatformUnderTest driven, string prefix, long started)
    {
        var attempts = 0;
        try
        {
            var taken = await Eventually.SeeAsync(
                "POST /buff is answered well",
                ServedWithin,
                ct => driven.PostAsync($"{prefix} restored {attempts++}", ct),
                post => post.Outcome == Outcome.Ok,
                Cancellation
            );
            await Eventually.SeeAsync(
                "GET /buffs has it",
                ServedWithin,
                driven.ListAsync,
                list => list.IsList && list.Buffs.Any(buff => buff.Question == taken.Marker),
                Cancellation
            );
            return new Measurement(Served, Stopwatch.GetElapsedTime(started).TotalSeconds, 1, Resolution: 1);
        }
        catch (StateNotSeenException e)
        {
            return Measurement.OfUnreached(Served, e.Unreached);
        }
    }
}
