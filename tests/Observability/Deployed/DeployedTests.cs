using Verification.Cluster.Attaching;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Deployed;

/// <summary>What watches a platform of a cluster, of which nothing is broken to see whether it is told.</summary>
public sealed class DeployedTests(PlatformFixture platform) : WatchedScenario(platform)
{
    /// <summary>Two scrapes of production, and as long as what a rollout has left takes to be over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The kubelet hands a Prometheus its first monitors and rules a minute after they were deployed, and half of that is over
    /// when it is asked for them.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(45);

    /// <summary>Nothing is known of a platform whose Prometheus does not answer, and no release is taken back for it.</summary>
    private static readonly string Unanswered = $"Prometheus did not answer within {Patience.TotalSeconds:0} s";
    private static readonly InstanceRole[] Services = [InstanceRole.Dashboard, InstanceRole.Server];

    /// <summary>Prometheus tells what it scrapes, and the cluster which pods there are.</summary>
    [Fact]
    [Objective("deployed.targets")]
    public async Task Every_pod_of_both_services_is_scraped()
    {
        RequireCluster();
        await AwaitTakenAsync();
        IReadOnlyList<string>? deviations = null;
        var pods = 0;
        try
        {
            await Eventually.IsTrueAsync(
                "every pod of both services is a target that is up",
                Patience,
                async ct =>
                {
                    (deviations, pods) = await UnscrapedAsync(ct);
                    return deviations.Count == 0;
                },
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is not scraped is told by name.
        }

        Decide(
            deviations is null
                ? Measurement.NotMeasured("deployed.targets", Unanswered)
                : Measurement.OfDeviations("deployed.targets", deviations, pods)
        );
    }

    /// <summary>The alerts are those of <c>config/</c>: what others have their Prometheus tell is theirs.</summary>
    [Fact]
    [Objective("deployed.quiet")]
    public async Task No_alert_of_the_platform_fires()
    {
        RequireCluster();
        await AwaitTakenAsync();
        var ours = OwnAlerts();
        IReadOnlyList<string>? firing = null;
        try
        {
            await Eventually.IsTrueAsync(
                "no alert of the platform fires",
                Patience,
                async ct =>
                    (
                        firing = [
                            .. (await Watch.Prometheus.AlertsAsync(ct))
                                .Where(alert => ours.Contains(alert.Name) && alert.State == "firing")
                                .Select(alert => $"{alert.Name} fires")
                                .Distinct(StringComparer.Ordinal),
                        ]
                    ).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What fires is told by name.
        }

        if (firing is null)
        {
            Decide(Measurement.NotMeasured("deployed.quiet", Unanswered));
            return;
        }

        var evaluated = (await Watch.Prometheus.RulesAsync(Cancellation)).Count(rule => ours.Contains(rule.Name) && rule.Health == "ok");
        Decide(Measurement.OfDeviations("deployed.quiet", firing, evaluated));
    }

    private void RequireCluster() =>
        Unavailable(
            Stack.Description.Cluster is null
                ? $"the stack {Stack.Description.Run} runs in containers, whose targets are targets.up"
                : null,
            isAllowed: true
        );

    private HashSet<string> OwnAlerts() =>
        AlertFiles.Read(Config).Where(rule => rule.Severity != AlertRule.None).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Of a first deployment Prometheus has monitors and rules only when it was handed them: with the rules come the
    /// monitors.</summary>
    private async Task AwaitTakenAsync()
    {
        var ours = OwnAlerts();
        try
        {
            await Eventually.IsTrueAsync(
                "Prometheus has evaluated the rules of the platform",
                TakenWithin,
                async ct =>
                    (await Watch.Prometheus.RulesAsync(ct)).Where(rule => ours.Contains(rule.Name)).ToList() is { Count: > 0 } rules
                    && rules.TrueForAll(rule => rule.Health != "unknown"),
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is missing for good is told by name.
        }
    }

    private async Task<(IReadOnlyList<string> Unscraped, int Pods)> UnscrapedAsync(CancellationToken cancellationToken)
    {
        var targets = await Watch.Prometheus.TargetsAsync(cancellationToken);
        var unscraped = new List<string>();
        var count = 0;
        foreach (var job in Services.Select(role => Role.FromInstanceRole(role)))
        {
            var pods = await ServicePods.ReadyAsync(Stack.Description, job, cancellationToken);
            count += pods.Count;
            if (pods.Count == 0)
                unscraped.Add($"{job} has no pod that is ready");
            foreach (var pod in pods)
            {
                var target = targets.FirstOrDefault(each => each.Job == job.Name && each.Instance == pod);
                if (target is not { IsUp: true })
                    unscraped.Add(target is null ? $"{pod} is no target of the job {job}" : $"{target}");
            }
        }

        return (unscraped, count);
    }
}
