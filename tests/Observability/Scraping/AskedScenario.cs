using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Scraping;

/// <summary>A scenario that asks Prometheus for much, and counts what it has nothing of.</summary>
public abstract class AskedScenario(PlatformFixture platform) : WatchedScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Alerts of what this platform does not have: a pair of MySQL where there is one, a proxy before pairs, and what stands
    /// around it on a cluster.</summary>
    protected IReadOnlySet<string> ToldElsewhere() =>
        AlertFiles.Read(Config).Where(rule => IsOfOthers(rule.File)).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);

    private bool IsOfOthers(string file) =>
        file switch
        {
            "cluster.yaml" => true,
            "replication.yaml" => Stack.Instances(InstanceRole.Mysql).Count() < 2,
            "haproxy.yaml" => !Stack.Instances(new Role("haproxy")).Any(),
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
