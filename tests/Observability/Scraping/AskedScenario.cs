using Verification.Stack.Components.Logging;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Scraping;

/// <summary>A scenario that asks Prometheus for much, and counts what it has nothing of.</summary>
public abstract class AskedScenario(PlatformFixture platform) : WatchedScenario(platform)
{
    private const string OfCluster = "cluster.yaml";
    private const string OfLogging = "logging.yaml";
    private const string OfProxy = "haproxy.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What the names of metrics begin with that not every platform tells, and the rules that go by them.</summary>
    private static readonly Dictionary<string, string> Tellers = new(StringComparer.Ordinal)
    {
        ["fluentd_"] = OfLogging,
        ["haproxy_"] = OfProxy,
        ["velero_"] = OfCluster,
    };

    /// <summary>Alerts of what this platform does not have: a pair of MySQL where there is one, a proxy before pairs, what gathers its
    /// logs, and what stands around it on a cluster.</summary>
    protected IReadOnlySet<string> ToldElsewhere() =>
        AlertFiles.Read(Config).Where(rule => IsOfOthers(rule.File)).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a metric is of what this platform does not have.</summary>
    /// <param name="selector">The metric, with or without what is asked of its labels.</param>
    protected bool IsToldElsewhere(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Tellers.Any(teller => selector.StartsWith(teller.Key, StringComparison.Ordinal) && IsOfOthers(teller.Value));
    }

    /// <summary>Whether rules are of what this platform does not have.</summary>
    /// <param name="file">Their file, without its folder.</param>
    protected bool IsOfOthers(string file) =>
        file switch
        {
            OfCluster => true,
            OfLogging => !Stack.Instances(LoggingRole.Fluentd).Any(),
            "replication.yaml" => Stack.Instances(InstanceRole.Mysql).Count() < 2,
            OfProxy => !Stack.Instances(new Role("haproxy")).Any(),
            _ => false,
        };

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Watch.PushAsync(ToldRun.WithDrillOf(TimeProvider.System.GetUtcNow()), Cancellation);
        await ToldArchive.PushAsync(Watch, ToldArchive.Complete, Cancellation);
        await ToldDrill.PushAsync(Watch, TimeProvider.System.GetUtcNow(), Cancellation);
    }

    /// <summary>What gives no series, a sentence each.</summary>
    /// <param name="asked">Expressions, each with who asks for it.</param>
    protected async Task<IReadOnlyList<string>> UnansweredAsync(IReadOnlyDictionary<string, string> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        IReadOnlyList<string> unanswered = [$"{asked.Count} expressions were not asked for within {Patience.TotalSeconds} s"];
        try
        {
            await Eventually.IsTrueAsync(
                "every metric that is asked for is there",
                Patience,
                async ct => (unanswered = await UnansweredNowAsync(asked, ct)).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is missing is counted.
        }

        return unanswered;
    }

    private async Task<IReadOnlyList<string>> UnansweredNowAsync(
        IReadOnlyDictionary<string, string> asked,
        CancellationToken cancellationToken
    )
    {
        var unanswered = new List<string>();
        foreach (var (expression, by) in asked)
        {
            if (await Watch.Prometheus.SeriesAsync(expression, cancellationToken) == 0)
                unanswered.Add($"nothing tells {expression}, which {by} asks for");
        }

        return unanswered;
    }
}
