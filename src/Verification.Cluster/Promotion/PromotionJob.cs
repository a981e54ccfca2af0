using k8s;
using k8s.Models;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Promotion;

/// <summary>A job that promotes the replica of MySQL, made of the CronJob of <c>charts/promotion</c> as the runbook says.</summary>
public sealed class PromotionJob
{
    private const string Template = "promotion";
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(240);
    private readonly IKubernetes cluster;
    private readonly V1Job job;

    private PromotionJob(IKubernetes cluster, V1Job job) => (this.cluster, this.job) = (cluster, job);

    /// <summary>Starts one.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace of the platform.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PromotionJob> StartAsync(IKubernetes cluster, string space, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var template = await cluster
            .BatchV1.ReadNamespacedCronJobAsync(Template, space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta { GenerateName = $"{Template}-", NamespaceProperty = space },
            Spec = template.Spec.JobTemplate.Spec,
        };
        return new PromotionJob(
            cluster,
            await cluster.BatchV1.CreateNamespacedJobAsync(job, space, cancellationToken: cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it has failed, as it says itself; null where it has not.</returns>
    /// <exception cref="StateNotSeenException">It goes on after 4 min; with what it has said.</exception>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        var ended = await Eventually
            .SeeAsync($"job {job.Name()} has ended", DoneWithin, LookAsync, look => look.Ended, cancellationToken)
            .ConfigureAwait(false);
        return ended.Succeeded ? null : ended.Said;
    }

    private async Task<State> LookAsync(CancellationToken cancellationToken)
    {
        var status = (
            await cluster
                .BatchV1.ReadNamespacedJobAsync(job.Name(), job.Namespace(), cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        ).Status;
        return new State(status.Succeeded > 0, status.Failed > 0, await SaidAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What its pod has written; of one that does not run yet, its phase.</summary>
    private async Task<string> SaidAsync(CancellationToken cancellationToken)
    {
        var pods = await cluster
            .CoreV1.ListNamespacedPodAsync(
                job.Namespace(),
                labelSelector: $"batch.kubernetes.io/job-name={job.Name()}",
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        if (pods.Items is not [var pod, ..] || pod.Status.Phase == "Pending")
            return "it does not run yet";
        var stream = await cluster
            .CoreV1.ReadNamespacedPodLogAsync(pod.Name(), pod.Namespace(), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim();
    }

    private sealed record State(bool Succeeded, bool Failed, string Said)
    {
        public bool Ended => Succeeded || Failed;

        public override string ToString() => Said;
    }
}
