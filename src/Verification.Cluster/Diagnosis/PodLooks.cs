using k8s;

namespace Verification.Cluster.Diagnosis;

/// <summary>Looks at the pods of a namespace while something is deployed there: a release that goes back by itself takes along what did not
/// get ready.</summary>
internal sealed class PodLooks : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>What was seen longer ago may have got ready since.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource over = new();
    private readonly IKubernetes cluster;
    private readonly string space;
    private readonly Task looking;
    private volatile Look? unready;

    private PodLooks(IKubernetes cluster, string space)
    {
        (this.cluster, this.space) = (cluster, space);
        looking = LookAsync();
    }

    /// <summary>Begins to look, until it is disposed.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace.</param>
    public static PodLooks Begin(IKubernetes cluster, string space) => new(cluster, space);

    /// <summary>Why pods are not ready now; where all are, what was seen last of pods that were not, if it was lately.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> TellAsync(CancellationToken cancellationToken)
    {
        var now = await PodDiagnosis.OfAsync(cluster, space, cancellationToken).ConfigureAwait(false);
        return unready is { } before ? Told(now, before.Seen, TimeProvider.System.GetElapsedTime(before.At)) : now;
    }

    /// <summary>What is told of pods.</summary>
    /// <param name="now">What is seen now.</param>
    /// <param name="before">What was seen when pods were not ready.</param>
    /// <param name="since">How long ago that was.</param>
    internal static string Told(string now, string before, TimeSpan since) =>
        IsOfPods(now) || since > Lately ? now : $"{before}\nthese pods have gone since\n{now}".TrimEnd();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task LookAsync()
    {
        while (true)
        {
            await Task.Delay(Pace, TimeProvider.System, over.Token).ConfigureAwait(false);
            var seen = await PodDiagnosis.OfAsync(cluster, space, over.Token).ConfigureAwait(false);
            if (IsOfPods(seen))
                unready = new Look(seen, TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>Events of what has no pods may be told at any time.</summary>
    private static bool IsOfPods(string told) => told.StartsWith(PodDiagnosis.OfPod, StringComparison.Ordinal);

    /// <summary>What was seen of pods that were not ready, and when.</summary>
    private sealed record Look(string Seen, long At);
}
