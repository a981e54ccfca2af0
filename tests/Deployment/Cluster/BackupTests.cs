using System.Diagnostics;
using System.Text.RegularExpressions;
using Verification.Cluster.Deployments;
using Verification.Cluster.Restoring;
using Verification.Platform;
using Verification.Recovery;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What <c>charts/backup</c> deploys, seen at work: it backs up, archives and drills, and what somebody has deleted comes back by
/// the commands of <c>docs/runbooks/restore.md</c>.</summary>
public sealed partial class BackupTests(SuiteFixture suite) : ClusterTest(suite)
{
    private const string Taken = "deploy-backup.taken";
    private const string Archived = "deploy-backup.archived";
    private const string Restored = "deploy-backup.restored";
    private const string Drilled = "deploy-backup.drilled";
    private const string Source = "mysql-0";
    private const string RestoredServer = "mysql-restored-0";
    private const int Enough = 20;
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ArchivedWithin = TimeSpan.FromSeconds(120);

    [Fact]
    [Objective("deploy-backup.taken")]
    [Objective("deploy-backup.archived")]
    [Objective("deploy-backup.drilled")]
    [Objective("deploy-backup.restored")]
    public async Task Backups_are_taken_archived_and_drilled_in_the_cluster_and_a_row_that_was_deleted_is_restored_by_the_runbook()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequireAsync(() =>
            LocalPlatform.StartAsync(Suite.Root, Suite.StageFolder, LocalExtent.BackedUp, Images, Tell, Cancellation)
        );
        if (await platform.SyncAsync(Cancellation) is { } refusal)
        {
            Decide([
                Measurement.OfDeviations(Taken, [refusal], 2),
                .. TestObjectives().Except([Taken]).Select(objective => Measurement.NotMeasured(objective, "nothing was deployed")),
            ]);
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
        var backup = new DeployedBackup(platform.Cluster, LocalPlatform.Namespace);

        Keep(await TakenAsync(driven, backup));
        Keep(await ArchivedAsync(driven, backup));
        Keep(await DrilledAsync(backup));
        Decide(await RestoredAsync(platform, driven, backup));
    }

    /// <summary>One of each kind, while a client posts.</summary>
    private static async Task<Measurement> TakenAsync(PlatformUnderTest driven, DeployedBackup backup)
    {
        var deviations = new List<string>();
        await using var traffic = new BuffTraffic(driven, Marker.New("backed up"), clients: 1);
        await traffic.AwaitAcknowledgedAsync(Enough, Cancellation);
        foreach (var (name, repository) in new[] { ("physical", "base"), ("logical", "logical") })
        {
            var job = await backup.RunAsync(name, Cancellation);
            Tell($"{name}: {job.Log}");
            if (!job.Succeeded)
                deviations.Add($"{job.Name} failed: {WhyOf(job)}");
            else if (await backup.LackAsync(repository, FactOf(job, "snapshot"), Cancellation) is { } lack)
                deviations.Add(lack);
        }

        await traffic.AwaitAcknowledgedAsync(Enough, Cancellation);
        return Measurement.OfDeviations(Taken, deviations, 2);
    }

    /// <summary>From the answer to a POST until its row is found in the archive.</summary>
    private static async Task<Measurement> ArchivedAsync(PlatformUnderTest driven, DeployedBackup backup)
    {
        var marker = Marker.New("archived");
        var posted = await driven.PostAsync(marker, Cancellation);
        if (posted.Outcome != Outcome.Ok)
            return Measurement.NotMeasured(Archived, $"POST /buff: {posted}");
        var since = Stopwatch.GetTimestamp();
        try
        {
            await Eventually.IsTrueAsync("the row is archived", ArchivedWithin, ct => backup.IsArchivedAsync(marker, ct), Cancellation);
            return new Measurement(Archived, Stopwatch.GetElapsedTime(since).TotalSeconds, 1, Resolution: 3);
        }
        catch (StateNotSeenException e)
        {
            return Measurement.OfUnreached(Archived, e.Unreached);
        }
    }

    /// <summary>The two jobs that read all that was backed up.</summary>
    private static async Task<Measurement> DrilledAsync(DeployedBackup backup)
    {
        var deviations = new List<string>();
        foreach (var (name, facts) in new[] { ("drill", "heartbeat buff seconds"), ("retain", "proven forgotten") })
        {
            var job = await backup.RunAsync(name, Cancellation);
            Tell($"{name}: {job.Log}");
            if (!job.Succeeded)
                deviations.Add($"{job.Name} failed: {WhyOf(job)}");
            else
                deviations.AddRange(
                    facts.Split(' ').Where(fact => FactOf(job, fact).Length == 0).Select(fact => $"{job.Name} tells no {fact}")
                );
        }

        return Measurement.OfDeviations(Drilled, deviations, 2);
    }

    /// <summary>Somebody deletes a row by hand. What there was just before must be there again, to the letter, and nothing else.</summary>
    private async Task<Measurement> RestoredAsync(LocalPlatform platform, PlatformUnderTest driven, DeployedBackup backup)
    {
        var precious = Marker.New("precious");
        await driven.PostAsync(precious, Cancellation);
        await driven.FenceAsync(Cancellation);
        var before = await backup.RowsAsync(Source, Cancellation);
        var dropped = before.Single(row => row.Contains(precious, StringComparison.Ordinal));
        await backup.AskAsync(Source, $"DELETE FROM buffs WHERE id = {dropped.Split('\t')[0]}", Cancellation);
        var later = Marker.New("later");
        await driven.PostAsync(later, Cancellation);
        await driven.AwaitListedAsync([later], ListedWithin, Cancellation);

        if (await FollowRunbookAsync(platform) is { } refused)
            return Measurement.OfDeviations(Restored, [refused], before.Count);
        IReadOnlyList<string> after;
        try
        {
            after = await backup.RowsAsync(RestoredServer, Cancellation);
        }
        catch (InvalidOperationException e)
        {
            // A server that was started on something else has no such table.
            return Measurement.OfDeviations(Restored, [e.Message], before.Count);
        }

        return Measurement.OfDeviations(
            Restored,
            [
                .. before.Except(after, StringComparer.Ordinal).Select(row => $"is not there: {row}"),
                .. after.Except(before, StringComparer.Ordinal).Select(row => $"is there, and was not: {row}"),
                .. after.Count == before.Count ? (string[])[] : [$"there are {after.Count} rows, and there were {before.Count}"],
            ],
            before.Count
        );
    }

    /// <summary>Runs each command as it stands there, but for the transaction, which is the one that was found.</summary>
    /// <returns>Which did not do what it is there for; null where all did.</returns>
    private async Task<string?> FollowRunbookAsync(LocalPlatform platform)
    {
        var blocks = KubectlRunbook.BlocksOf(await File.ReadAllTextAsync(InProject("docs", "runbooks", "restore.md"), Cancellation));
        var transaction = string.Empty;
        foreach (var block in blocks)
        {
            var command = Example().Replace(block, $"UNTIL={transaction}");
            var isSearch = command.Contains("find-transaction", StringComparison.Ordinal);
            try
            {
                // Nothing found: the archiver is behind, and is waited for.
                var ended = await Eventually.SeeAsync(
                    "the runbook finds the transaction",
                    ArchivedWithin,
                    ct => platform.Cluster.RunAsync($"set -e\n{command}", ct),
                    result => !isSearch || result.ExitCode != 0 || result.Output.Length > 0,
                    Cancellation
                );
                Tell($"{command}{ended.Output}{ended.Error}");
                if (ended.ExitCode != 0)
                    return $"'{command.Trim()}' ended with {ended.ExitCode}: {ended.Error.Trim()} {ended.Output.Trim()}";
                if (isSearch)
                    transaction = ended.Output.Split('\t')[0];
            }
            catch (StateNotSeenException e)
            {
                return e.Message;
            }
        }

        return null;
    }

    private static string FactOf(EndedJob job, string fact) =>
        ProcedureReport.Parse(job.Log).Facts.TryGetValue(fact, out var value) ? value : string.Empty;

    private static string WhyOf(EndedJob job) => ProcedureReport.Parse(job.Log).Refusal ?? job.Log.Trim();

    [GeneratedRegex("UNTIL=[0-9a-f-]+:[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Example();
}
