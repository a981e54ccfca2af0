using k8s;
using k8s.Models;
using Verification.Cluster.Nodes;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Restoring;

/// <summary>What <c>charts/backup</c> has deployed: jobs are made of its CronJobs, and the archive is asked where the archiver
/// is.</summary>
/// <param name="node">The cluster.</param>
/// <param name="space">The namespace.</param>
public sealed class DeployedBackup(ThrowawayCluster node, string space)
{
    private const string Release = "backup";
    private static readonly TimeSpan EndedWithin = TimeSpan.FromSeconds(300);

    /// <summary>Makes a job of a CronJob now, and waits for its end.</summary>
    /// <param name="name">The CronJob's name behind that of the release: <c>physical</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It has not ended within 5 min.</exception>
    public async Task<EndedJob> RunAsync(string name, CancellationToken cancellationToken)
    {
        var schedule = await node
            .Client.BatchV1.ReadNamespacedCronJobAsync($"{Release}-{name}", space, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta { Name = $"{name}-by-hand" },
            Spec = schedule.Spec.JobTemplate.Spec,
        };
        await node.Client.BatchV1.CreateNamespacedJobAsync(job, space, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await EndAsync(job.Metadata.Name, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EndedJob> EndAsync(string job, CancellationToken cancellationToken)
    {
        var ended = await Eventually
            .SeeAsync(
                $"job {job} has ended",
                EndedWithin,
                ct => node.Client.BatchV1.ReadNamespacedJobAsync(job, space, cancellationToken: ct),
                seen => (seen.Status.Succeeded ?? 0) + (seen.Status.Failed ?? 0) > 0,
                cancellationToken
            )
            .ConfigureAwait(false);
        var log = await node.RunAsync($"kubectl -n {space} logs job/{job}", cancellationToken).ConfigureAwait(false);
        return new EndedJob(job, ended.Status.Succeeded > 0, log.Output + log.Error);
    }

    /// <summary>That a repository lacks a snapshot, as who restores would find it.</summary>
    /// <param name="repository">Which: <c>base</c>, <c>logical</c>.</param>
    /// <param name="snapshot">Its id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where it has; else what was found.</returns>
    public async Task<string?> LackAsync(string repository, string snapshot, CancellationToken cancellationToken)
    {
        var found = await InArchiverAsync(
                $"bash -ec 'export SECRETS=/run/secrets/backup; source /opt/backup/report; source /opt/backup/repositories; LOCK=--no-lock in_repository {repository} snapshots --json'",
                cancellationToken
            )
            .ConfigureAwait(false);
        return snapshot.Length > 0 && found.Output.Contains($"\"id\":\"{snapshot}", StringComparison.Ordinal)
            ? null
            : $"the repository {repository} has no snapshot '{snapshot}': {found.Output}{found.Error}";
    }

    /// <summary>Whether a text stands in a row that is archived. It locks nothing.</summary>
    /// <param name="text">The text: letters, digits, blanks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> IsArchivedAsync(string text, CancellationToken cancellationToken) =>
        (await InArchiverAsync($"env LOCK=--no-lock find-transaction '{text}'", cancellationToken).ConfigureAwait(false)).Output.Length > 0;

    /// <summary>All rows of the table of buffs, as a server has them.</summary>
    /// <param name="pod">The pod of the server.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">They can't be read.</exception>
    public async Task<IReadOnlyList<string>> RowsAsync(string pod, CancellationToken cancellationToken) =>
        (
            await AskAsync(
                    pod,
                    "SELECT id, created_at, updated_at, deleted_at, question, answers FROM buffs ORDER BY id",
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Executes a statement on the platform's database as root.</summary>
    /// <param name="pod">The pod of the server.</param>
    /// <param name="sql">The statement, without an apostrophe.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it answers, a row a line.</returns>
    /// <exception cref="InvalidOperationException">The server refuses.</exception>
    public async Task<string> AskAsync(string pod, string sql, CancellationToken cancellationToken)
    {
        var answer = await node.RunAsync(
                $$"""kubectl -n {{space}} exec {{pod}} -c mysql -- sh -c 'MYSQL_PWD=$MYSQL_ROOT_PASSWORD exec mysql --no-defaults --user=root --default-character-set=utf8mb4 --batch --skip-column-names "$MYSQL_DATABASE" --execute="$1"' mysql '{{sql}}'""",
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.ExitCode == 0 ? answer.Output : throw new InvalidOperationException($"{pod}: {answer.Error.Trim()}");
    }

    private Task<CommandResult> InArchiverAsync(string command, CancellationToken cancellationToken) =>
        node.RunAsync($"kubectl -n {space} exec deploy/{Release}-archiver -c archiver -- {command}", cancellationToken);
}

/// <summary>A job that has ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Succeeded">Whether well.</param>
/// <param name="Log">What it said.</param>
public sealed record EndedJob(string Name, bool Succeeded, string Log);
