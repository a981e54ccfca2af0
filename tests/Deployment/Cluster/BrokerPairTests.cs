using k8s;
using k8s.Models;
using Verification.Chaos.Faults;
using Verification.Chaos.Watching;
using Verification.Cluster.Deployments;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Two brokers on one store, of which the one that serves is lost while clients post by the gateway.</summary>
public sealed class BrokerPairTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Broker = "artemis";
    private const string Lossless = "deploy-broker.lossless";

    /// <summary>POSTs that are awaited before each step.</summary>
    private const int Enough = 20;

    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan WholeWithin = TimeSpan.FromSeconds(120);

    [Fact]
    [Objective("deploy-broker.takeover")]
    [Objective("deploy-broker.one-active")]
    [Objective("deploy-broker.lossless")]
    public Task A_killed_active_broker_is_taken_over_by_the_other_and_nothing_acknowledged_is_lost() =>
        LoseActiveAsync("kill", "deploy-broker.takeover", (_, stack, active) => stack.Control.KillAsync(active, Cancellation));

    /// <summary>It keeps the lock of the store, and its kernel goes on taking connections: nobody takes over before a probe has found out
    /// and it is dead.</summary>
    [Fact]
    [Objective("deploy-broker.frozen")]
    [Objective("deploy-broker.one-active")]
    [Objective("deploy-broker.lossless")]
    public Task A_frozen_active_broker_is_killed_by_its_probe_and_taken_over_and_nothing_acknowledged_is_lost() =>
        LoseActiveAsync(
            "freeze",
            "deploy-broker.frozen",
            async (platform, _, active) => await platform.Platform.Cluster.FreezeAsync(await PodAsync(platform, active), Cancellation)
        );

    private async Task LoseActiveAsync(string fault, string taken, Func<ExposedPlatform, AttachedStack, StackInstance, Task> lose)
    {
        var platform = await RequireExposedAsync();
        await AwaitBothAsync(platform);
        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(stack, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        var active = await stack.PrimaryAsync(InstanceRole.Broker, Cancellation);
        await using var watch = new BrokerWatch(stack, history, TimeProvider.System);
        AtEnd(OneActive);
        await using var traffic = new BuffTraffic(driven, Marker.New($"broker-{fault}"), clients: 2);
        await AcknowledgedAsync(traffic);

        // What is acknowledged now is in the store alone: no Server can write it.
        var injector = new FaultInjector(stack.Description, history, new FaultJournal(Suite.Folder), TimeProvider.System);
        await using var backlog = await injector.InjectAsync(
            new FaultCatalogue(stack).LockWrites(await ClusterMySql.SourceAsync(stack, Cancellation)),
            Cancellation
        );
        long lost;
        try
        {
            await AcknowledgedAsync(traffic);
            lost = history.Now;
            history.Event($"broker-{fault}", active.Name);
            await lose(platform, stack, active);
            await Eventually.SeeAsync(
                $"another broker than {active.Name} is active",
                ServedWithin,
                async ct => string.Join(" and ", (await stack.ActiveBrokersAsync(ct)).Select(broker => broker.Name)),
                seen => seen.Length > 0 && !seen.Contains(active.Name, StringComparison.Ordinal),
                Cancellation
            );
            await AcknowledgedAsync(traffic);
        }
        catch (StateNotSeenException e)
        {
            // Whoever comes next is not to find a broker that is frozen.
            await stack.Control.KillAsync(active, CancellationToken.None);
            Decide(Measurement.OfUnreached(taken, e.Unreached), OneActive(), Measurement.NotMeasured(Lossless, "no broker has taken over"));
            return;
        }
        finally
        {
            await backlog.HealAsync(CancellationToken.None);
        }

        await AwaitBothAsync(platform);
        await AcknowledgedAsync(traffic);
        await traffic.EndAsync();
        await watch.EndAsync();
        var recovery = Outage.Recovery(history.Lines, "post", lost);
        Keep(
            new Measurement(
                taken,
                recovery.Time?.TotalSeconds,
                recovery.AnsweredSince,
                $"{recovery.Failed} of {recovery.Asked} failed",
                Resolution: 0.04,
                active.Name
            )
            {
                Fault = fault,
            },
            OneActive()
        );
        Decide(Measurement.OfAccount(Lossless, await driven.Account.CloseAsync(traffic.Prefix, Cancellation)) with { Fault = fault });

        Measurement OneActive() => Measurement.OfDeviations("deploy-broker.one-active", watch.Doubles, watch.Looks) with { Fault = fault };
    }

    private static Task AcknowledgedAsync(BuffTraffic traffic)
    {
        var wanted = Acknowledged() + Enough;
        return Eventually.SeeAsync(
            $"{Enough} more POSTs are acknowledged",
            ServedWithin,
            _ => Task.FromResult(Acknowledged()),
            acknowledged => acknowledged >= wanted,
            Cancellation
        );

        int Acknowledged() => traffic.Answers.Count(answer => answer.Outcome == Outcome.Ok);
    }

    /// <summary>Waits until one serves and the other waits for the lock.</summary>
    private static Task AwaitBothAsync(ExposedPlatform platform) =>
        Eventually.SeeAsync(
            "both brokers are ready",
            WholeWithin,
            async ct =>
                (await platform.Client.AppsV1.ReadNamespacedStatefulSetAsync(Broker, LocalPlatform.Namespace, cancellationToken: ct))
                    .Status
                    .ReadyReplicas,
            ready => ready == 2,
            Cancellation
        );

    private static Task<V1Pod> PodAsync(ExposedPlatform platform, StackInstance broker) =>
        platform.Client.CoreV1.ReadNamespacedPodAsync(broker.Name, LocalPlatform.Namespace, cancellationToken: Cancellation);
}
