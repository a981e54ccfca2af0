using System.Diagnostics;
using Verification.Chaos.Watching;
using Verification.Cluster.Deployments;
using Verification.Cluster.Promotion;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The source of MySQL dies on a real Kubernetes, and somebody starts the job that promotes its replica.</summary>
public sealed class PromotionTests(SuiteFixture suite) : ClusterTest(suite)
{
    private const string FirstWrite = "deploy-promotion.first-write";
    private const string Rejoins = "deploy-promotion.rejoins";
    private const string Idempotent = "deploy-promotion.idempotent";
    private const string Lossless = "deploy-promotion.lossless";

    /// <summary>POSTs that are awaited before the source is killed, and again once its replica takes writes.</summary>
    private const int Enough = 100;

    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan EqualWithin = TimeSpan.FromSeconds(60);

    [Fact]
    [Objective("deploy-promotion.first-write")]
    [Objective("deploy-promotion.rejoins")]
    [Objective("deploy-promotion.idempotent")]
    [Objective("deploy-promotion.lossless")]
    public async Task A_source_whose_pod_is_killed_is_replaced_by_its_replica_and_follows_it_once_it_is_back()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequirePlatformAsync();
        if (await platform.SyncAsync(Cancellation) is { } refusal)
        {
            Decide([.. TestObjectives().Select(objective => Measurement.NotMeasured(objective, $"it was not deployed: {refusal}"))]);
            return;
        }

        await using var stack = await platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(
            stack,
            history,
            Suite.Folder,
            (service, deadline) => new RestTransport(service, deadline)
        );
        var prefix = Marker.New("promoted");
        await using var traffic = new BuffTraffic(driven, prefix, clients: 2);
        await traffic.AwaitAcknowledgedAsync(Enough, Cancellation);
        var source = new ServerOfPair(stack, await ClusterMySql.SourceAsync(stack, Cancellation));
        var replica = new ServerOfPair(stack, stack.Instances(InstanceRole.Mysql).Single(server => server.Name != source.Instance.Name));

        await stack.Control.KillAsync(source.Instance, Cancellation);
        var started = Stopwatch.GetTimestamp();
        var job = await PromotionJob.StartAsync(platform.Cluster.Client, LocalPlatform.Namespace, Cancellation);
        Keep(await FirstWriteAsync(replica, prefix, started, source.Instance.Name));
        var failed = await EndAsync(job);
        await traffic.AwaitAcknowledgedAsync(Enough, Cancellation);
        await traffic.EndAsync();
        Keep(Measurement.OfAccount(Lossless, await driven.Account.CloseAsync(prefix, Cancellation)));
        Keep(Measurement.OfDeviations(Rejoins, await DifferencesAsync(source, replica, failed), 4) with { Target = source.Instance.Name });
        Decide(Measurement.OfDeviations(Idempotent, await ChangesAsync(platform, replica), 3));
    }

    /// <summary>From the start of the job until the new source has a row more than it had when it began to take writes.</summary>
    private static async Task<Measurement> FirstWriteAsync(ServerOfPair replica, string prefix, long started, string killed)
    {
        try
        {
            await Eventually.IsTrueAsync($"{replica.Instance.Name} takes writes", WrittenWithin, replica.TakesWritesAsync, Cancellation);
            var inherited = await replica.RowsAsync(prefix, Cancellation);
            await Eventually.IsTrueAsync(
                $"a write reaches {replica.Instance.Name}",
                WrittenWithin,
                async ct => await replica.RowsAsync(prefix, ct) > inherited,
                Cancellation
            );
            return new Measurement(FirstWrite, Stopwatch.GetElapsedTime(started).TotalSeconds, 1, Resolution: 0.1, Target: killed);
        }
        catch (StateNotSeenException e)
        {
            return Measurement.OfUnreached(FirstWrite, e.Unreached) with { Target = killed };
        }
    }

    private static async Task<string?> EndAsync(PromotionJob job)
    {
        try
        {
            return await job.EndAsync(Cancellation);
        }
        catch (StateNotSeenException e)
        {
            return e.Message;
        }
    }

    /// <summary>How the old source is not the replica of the new one: the job has failed, it lacks what that one has, it takes writes, or
    /// is not waited for.</summary>
    private static async Task<IReadOnlyList<string>> DifferencesAsync(ServerOfPair old, ServerOfPair source, string? failed)
    {
        var differences = new List<string>();
        if (failed is not null)
            differences.Add($"the job has failed: {failed}");
        try
        {
            var executed = await source.ExecutedAsync(Cancellation);
            await Eventually.SeeAsync(
                $"{old.Instance.Name} has all transactions of {source.Instance.Name}",
                EqualWithin,
                old.ExecutedAsync,
                set => set == executed,
                Cancellation
            );
            if (await old.TakesWritesAsync(Cancellation))
                differences.Add($"{old.Instance.Name} takes writes beside its source {source.Instance.Name}");
        }
        catch (StateNotSeenException e)
        {
            differences.Add(e.Message);
        }

        if (!await source.WaitsForReplicaAsync(Cancellation))
            differences.Add($"{source.Instance.Name} does not wait for its replica at a commit");
        return differences;
    }

    /// <summary>What a second deployment has changed: it was refused, another server takes writes, or pods are others.</summary>
    private static async Task<IReadOnlyList<string>> ChangesAsync(LocalPlatform platform, ServerOfPair source)
    {
        var before = await ServerPods.OfAsync(platform.Cluster.Client, LocalPlatform.Namespace, Cancellation);
        if (await platform.SyncAsync(Cancellation) is { } refusal)
            return [refusal];
        var changes = (await ServerPods.OfAsync(platform.Cluster.Client, LocalPlatform.Namespace, Cancellation))
            .Except(before)
            .Select(pod => $"a second deployment brings {pod}")
            .ToList();
        if (!await source.TakesWritesAsync(Cancellation))
            changes.Add($"{source.Instance.Name} takes no writes after a second deployment");
        return changes;
    }
}
