using k8s;
using k8s.Models;
using Verification.Cluster.Deployments;
using Verification.Cluster.Monitoring;
using Verification.Cluster.Restoring;
using Verification.Cluster.Scaling;
using Verification.Observability;
using Verification.Stack.Components.Watching;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What watches the platform there: a Prometheus and an Alertmanager that an operator makes of monitors and rules.</summary>
public sealed class MonitorTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Fault = "scaled-to-zero";
    private const string Service = "dashboard";
    private const string Alert = "DashboardDown";
    private const string NameLabel = "app.kubernetes.io/name";
    private static readonly string[] Services = [Service, "server"];

    /// <summary>The broker, by the name of its monitor; there is none where its image has nothing that tells of it.</summary>
    private const string Broker = "broker";

    /// <summary>What each pod of the stores and of the broker is known to answer by: the name of the pods, their job, and what tells
    /// it.</summary>
    private static readonly (string Pods, string Job, string Metric)[] Asked =
    [
        ("mysql", "mysql", "mysql_up"),
        ("redis", "redis", "redis_up"),
        ("artemis", Broker, "up"),
    ];

    /// <summary>What no pod of two brokers tells by itself.</summary>
    private const string ToldByBrokers =
        "sum(artemis_active{job=\"broker\"}) == 1 and on () artemis_queue_messages_added_total{job=\"broker\", queue=\"buffs\"}";

    /// <summary>What the metrics of those around the platform begin with, by the name of their monitor.</summary>
    private static readonly Dictionary<string, string> Around = new(StringComparer.Ordinal)
    {
        ["external-secrets"] = "externalsecret_",
        ["velero"] = "velero_",
    };

    /// <summary>Longer than two scrapes of production, and than Velero takes to see what it has backed up: it looks once a
    /// minute.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan PeaceWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ToldWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan OverWithin = TimeSpan.FromSeconds(120);

    /// <summary>With the durations of production: what is declared, and each pod of both services, of both stores and of the broker,
    /// which nobody can forget to declare.</summary>
    [Fact]
    [Objective("monitors.taken")]
    public async Task Every_monitor_has_targets_that_are_up_and_every_rule_is_evaluated_as_it_is_declared()
    {
        var platform = await RequireWatchedAsync();
        using var watch = WatchOf(platform);
        await platform.Monitors.AwaitMadeAsync(Cancellation);
        var pools = await platform.Monitors.PoolsAsync(Cancellation);
        var declared = await WrittenAsync(watch, await platform.Monitors.RulesAsync(Cancellation));
        var told = await ToldAroundAsync(watch, pools);
        await BackUpAsync(platform);
        IReadOnlyList<string> deviations = ["Prometheus was not asked"];
        try
        {
            await Eventually.IsTrueAsync(
                "every monitor and rule is taken",
                TakenWithin,
                async ct =>
                    (
                        deviations = [
                            .. await UnscrapedAsync(platform, watch, pools, ct),
                            .. await UnaskedAsync(platform, watch, pools, ct),
                            .. await UntoldAsync(watch, told, ct),
                            .. await UnansweredAsync(watch, pools, ct),
                            .. await UnevaluatedAsync(watch, declared, ct),
                        ]
                    ).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is not taken is told by name.
        }

        Decide(Measurement.OfDeviations("monitors.taken", deviations, pools.Count + declared.Count + told.Count));
    }

    [Fact]
    [Objective("monitors.page")]
    [Objective("monitors.resolved")]
    public async Task A_service_without_pods_is_paged_and_whoever_was_paged_hears_of_its_end()
    {
        var platform = await RequireWatchedAsync();
        if (await platform.WatchInAsync(TimeLapse.OfTests, Cancellation) is { } refusal)
        {
            Decide([.. TestObjectives().Select(objective => Measurement.NotMeasured(objective, refusal))]);
            return;
        }

        try
        {
            await EmptyAndFillAsync(platform);
        }
        finally
        {
            // For those that come after it.
            await platform.WatchInAsync(TimeLapse.None, CancellationToken.None);
        }

        Decide();
    }

    /// <summary>Its end counts from when it serves again.</summary>
    private async Task EmptyAndFillAsync(ExposedPlatform platform)
    {
        using var watch = WatchOf(platform);
        await AwaitPeaceAsync(platform, watch);
        var before = (await watch.NotificationsAsync(Cancellation)).Count;
        async Task<PageAccount> AccountAsync(CancellationToken ct) =>
            new(Alert, PageAccount.Pager, [], [.. (await watch.NotificationsAsync(ct)).Skip(before)]);

        var begun = TimeProvider.System.GetTimestamp();
        var emptied = await EmptiedService.EmptyAsync(platform.Client, LocalPlatform.Namespace, Service, Cancellation);
        await using (emptied)
        {
            await Eventually.IsTrueAsync(
                $"{PageAccount.Pager} is told of {Alert}",
                ToldWithin,
                async ct => (await AccountAsync(ct)).IsTold,
                Cancellation
            );
            Keep(Of("monitors.page", begun));
        }

        var ended = TimeProvider.System.GetTimestamp();
        await Eventually.IsTrueAsync(
            $"{PageAccount.Pager} is told that {Alert} is over",
            OverWithin,
            async ct => (await AccountAsync(ct)).IsOver,
            Cancellation
        );
        Keep(Of("monitors.resolved", ended));
    }

    private async Task<ExposedPlatform> RequireWatchedAsync()
    {
        var platform = await RequireExposedAsync();
        if (platform.WatchMissing is { } missing)
            NotMeasured(missing);
        return platform;
    }

    private static Watch WatchOf(ExposedPlatform platform) => Watch.At(platform.Prometheus, platform.Alertmanager, platform.PagerLogAsync);

    private static Measurement Of(string objective, long since) =>
        new(objective, TimeProvider.System.GetElapsedTime(since).TotalSeconds, 1, Resolution: 0.1) { Fault = Fault, Target = Service };

    /// <summary>It goes by the new durations, has scraped each pod of both services, and no alert tells of anything.</summary>
    private static async Task AwaitPeaceAsync(ExposedPlatform platform, Watch watch)
    {
        var declared = (await platform.Monitors.RulesAsync(Cancellation)).Single(rule => rule.Name == Alert);
        await Eventually.SeeAsync(
            "Prometheus goes by the divided durations, and no alert fires or is about to",
            PeaceWithin,
            async ct =>
                (await watch.Prometheus.RulesAsync(ct)).FirstOrDefault(rule => rule.Name == Alert)?.For
                != PrometheusDuration.Parse(declared.For)
                    ? $"{Alert} is not there, or has another duration"
                    : string.Join(", ", [.. await UnscrapedAsync(platform, watch, [], ct), .. await watch.UnrestAsync(ct)]),
            unrest => unrest.Length == 0,
            Cancellation
        );
    }

    /// <summary>Monitors without targets, targets that are not up, and pods of the services that are no targets under their
    /// names.</summary>
    private static async Task<IReadOnlyList<string>> UnscrapedAsync(
        ExposedPlatform platform,
        Watch watch,
        IReadOnlyList<string> pools,
        CancellationToken cancellationToken
    )
    {
        var targets = await watch.Prometheus.TargetsAsync(cancellationToken);
        var pods = await platform.Client.CoreV1.ListNamespacedPodAsync(
            LocalPlatform.Namespace,
            labelSelector: $"{NameLabel} in ({string.Join(',', Services)})",
            cancellationToken: cancellationToken
        );
        var serving = pods
            .Items.Where(pod => pod.Metadata.DeletionTimestamp is null && IsReady(pod))
            .Select(pod => (Job: pod.GetLabel(NameLabel), Instance: pod.Name()))
            .ToList();
        return
        [
            .. pools
                .Where(pool => !targets.Any(target => target.Pool.StartsWith(pool, StringComparison.Ordinal)))
                .Select(pool => $"{pool} has no target"),
            .. targets.Where(target => !target.IsUp).Select(target => $"{target}"),
            .. serving
                .Where(pod => !targets.Any(target => target.IsUp && (target.Job, target.Instance) == pod))
                .Select(pod => $"{pod.Instance} is no target of the job {pod.Job} that is up"),
            .. Services.Except(serving.Select(pod => pod.Job)).Select(service => $"{service} has no pod that is ready"),
        ];
    }

    /// <summary>Pods of stores and brokers that nobody asks how they are, or that do not answer whoever asks.</summary>
    private static async Task<IReadOnlyList<string>> UnaskedAsync(
        ExposedPlatform platform,
        Watch watch,
        IReadOnlyList<string> pools,
        CancellationToken cancellationToken
    )
    {
        var unasked = new List<string>();
        foreach (var (name, job, metric) in Asked.Where(each => each.Job != Broker || pools.Any(pool => IsOf(pool, Broker))))
        {
            var pods = await platform.Client.CoreV1.ListNamespacedPodAsync(
                LocalPlatform.Namespace,
                labelSelector: $"{NameLabel}={name}",
                cancellationToken: cancellationToken
            );
            var up = await watch.Prometheus.InstancesAsync($"{metric}{{job=\"{job}\"}} == 1", cancellationToken);
            unasked.AddRange(pods.Items.Select(pod => pod.Name()).Except(up).Select(pod => $"nothing tells that {pod} is up ({metric})"));
            if (pods.Items.Count == 0)
                unasked.Add($"there is no pod of {name}");
        }

        return unasked;
    }

    /// <summary>What the alerts of config/alerts/cluster.yaml ask for of operators that have a monitor here: the metrics, with the labels
    /// that they select by or tell of, and who tells them. Of others (KEDA, cert-manager) nothing runs here.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ToldAroundAsync(Watch watch, IReadOnlyList<string> pools)
    {
        var here = Around.Where(each => pools.Any(pool => pool.EndsWith($"/{each.Key}", StringComparison.Ordinal))).ToList();
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        if (pools.Any(pool => IsOf(pool, Broker)))
            told[ToldByBrokers] = Broker;
        foreach (var rule in AlertFiles.Read(InProject("config")).Where(rule => rule.File == "cluster.yaml"))
        {
            foreach (var selector in await watch.Prometheus.SelectorsAsync(rule.Expression, Cancellation))
            foreach (var (name, _) in here.Where(each => selector.StartsWith(each.Value, StringComparison.Ordinal)))
                told[rule.Telling(selector)] = name;
        }

        return told;
    }

    /// <summary>Of a backup by a Schedule Velero tells once there was one, and that of production may not be due yet.</summary>
    private static async Task BackUpAsync(ExposedPlatform platform)
    {
        if (platform.BackupMissing is not null)
            return;
        try
        {
            await (await ObjectBackup.FindAsync(platform.Client, Cancellation)).MakeAsync("monitors", Cancellation);
        }
        catch (StateNotSeenException)
        {
            // What is not told for that is told by name.
        }
    }

    /// <summary>What is asked for as users do, and is not answered; a probe has the name of its instance.</summary>
    private static async Task<IReadOnlyList<string>> UnansweredAsync(
        Watch watch,
        IReadOnlyList<string> pools,
        CancellationToken cancellationToken
    )
    {
        var answered = await watch.Prometheus.InstancesAsync("probe_success{job=\"synthetic\"} == 1", cancellationToken);
        return
        [
            .. pools
                .Where(pool => pool.StartsWith("probe/", StringComparison.Ordinal))
                .Select(pool => pool[(pool.LastIndexOf('/') + 1)..])
                .Except(answered)
                .Select(name => $"{name} does not answer as its users need it"),
        ];
    }

    /// <summary>What those that have a monitor do not tell, and a rule goes by.</summary>
    private static async Task<IReadOnlyList<string>> UntoldAsync(
        Watch watch,
        IReadOnlyDictionary<string, string> told,
        CancellationToken cancellationToken
    )
    {
        var untold = new List<string>();
        foreach (var (selector, name) in told)
        {
            if (await watch.Prometheus.SeriesAsync(selector, cancellationToken) == 0)
                untold.Add($"{name} does not tell {selector}");
        }

        return untold;
    }

    private static bool IsOf(string pool, string monitor) => pool.EndsWith($"/{monitor}", StringComparison.Ordinal);

    private static bool IsReady(V1Pod pod) =>
        (pod.Status?.Conditions ?? []).Any(condition => condition is { Type: "Ready", Status: "True" });

    /// <summary>Rules that Prometheus has not as they are declared, or can't evaluate.</summary>
    private static async Task<IReadOnlyList<string>> UnevaluatedAsync(
        Watch watch,
        IReadOnlyList<WrittenRule> declared,
        CancellationToken cancellationToken
    )
    {
        var loaded = await watch.Prometheus.RulesAsync(cancellationToken);
        var written = new List<WrittenRule>();
        foreach (var rule in loaded)
            written.Add(
                new WrittenRule(
                    rule.Name,
                    await watch.Prometheus.WrittenAsync(rule.Expression, cancellationToken),
                    rule.For,
                    rule.KeepFiringFor
                )
            );
        return
        [
            .. declared.Except(written).Select(rule => $"the rule {rule.Name} is not evaluated as it is declared"),
            .. loaded.Where(rule => rule.LastError.Length > 0).Select(rule => $"{rule.Name}: {rule.LastError}"),
        ];
    }

    private static async Task<IReadOnlyList<WrittenRule>> WrittenAsync(Watch watch, IReadOnlyList<DeclaredRule> rules)
    {
        var written = new List<WrittenRule>();
        foreach (var rule in rules)
            written.Add(
                new WrittenRule(
                    rule.Name,
                    await watch.Prometheus.WrittenAsync(rule.Expression, Cancellation),
                    PrometheusDuration.Parse(rule.For),
                    PrometheusDuration.Parse(rule.KeepFiringFor)
                )
            );
        return written;
    }

    /// <summary>A rule, its expression as Prometheus writes it.</summary>
    private sealed record WrittenRule(string Name, string Expression, TimeSpan For, TimeSpan KeepFiringFor);
}
