using System.Text;
using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Stack.Jobs;

namespace Verification.Recovery;

/// <summary>Restores production's newest backup on this machine and asks it: the backup is copied by a container that reaches
/// the target, and
/// restored by one that reaches nothing. Nothing of it is kept.</summary>
/// <param name="jobs">Starts both.</param>
/// <param name="image">The image of the procedures.</param>
/// <param name="procedures">The folder of the procedures: <c>config/backup</c>.</param>
public sealed class LatestDrill(RunJobs jobs, string image, string procedures)
{
    private const string Work = "/var/lib/backup";
    private const string Fetched = $"{Work}/fetched";
    private const string Metrics = $"{Work}/metrics.prom";
    private const string Secrets = "/run/secrets/backup";

    /// <summary>Drills.</summary>
    /// <param name="target">Where the backups are.</param>
    /// <param name="network">The engine's network from which the target is reached.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Docker.DotNet.DockerApiException">The engine refuses.</exception>
    public async Task<LatestDrillOutcome> RunAsync(BackupTarget target, string network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var disk = await jobs.DiskAsync("latest-backup", cancellationToken).ConfigureAwait(false);
        await using var gone = disk.ConfigureAwait(false);
        var (fetched, versions) = await FetchAsync(target, network, disk.Name, cancellationToken).ConfigureAwait(false);
        var outcome = fetched.Refusal is null
            ? await RestoreAsync(target, disk.Name, fetched, cancellationToken).ConfigureAwait(false)
            : new LatestDrillOutcome(fetched, Restored: null, Metrics: null);
        return outcome with { Versions = versions };
    }

    private async Task<(ProcedureReport Fetched, string Versions)> FetchAsync(
        BackupTarget target,
        string network,
        string disk,
        CancellationToken cancellationToken
    )
    {
        var wanted = Container("latest-fetch", target, disk) with
        {
            Network = network,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BASE"] = target.Base,
                ["BINLOGS"] = target.Binlogs,
                ["TAIL"] = target.Tail,
                ["FETCHED"] = Fetched,
            },
        };
        if (target.Credentials is { } credentials)
            wanted = wanted with
            {
                Secrets = new Dictionary<string, byte[]>(wanted.Secrets, StringComparer.Ordinal)
                {
                    [$"{Secrets}/object-store-credentials"] = Encoding.UTF8.GetBytes(credentials),
                },
            };
        var job = await jobs.StartAsync(wanted, cancellationToken).ConfigureAwait(false);
        await using var ended = job.ConfigureAwait(false);
        var fetched = ReportOf(await job.ExecAsync(["fetch-latest"], cancellationToken).ConfigureAwait(false));
        var versions = await job.ExecAsync(["bash", "-c", DrillTools.Ask], cancellationToken).ConfigureAwait(false);
        return (fetched, versions.Output);
    }

    private async Task<LatestDrillOutcome> RestoreAsync(
        BackupTarget target,
        string disk,
        ProcedureReport fetched,
        CancellationToken cancellationToken
    )
    {
        var wanted = Container("latest-restore", target, disk) with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["REPOSITORY"] = Fetched,
                ["METRICS"] = Metrics,
                ["BEGAN"] = $"{fetched.Phases[0].Began.ToUnixTimeMilliseconds()}",
            },
        };
        var job = await jobs.StartAsync(wanted, cancellationToken).ConfigureAwait(false);
        await using var ended = job.ConfigureAwait(false);
        var restored = ReportOf(await job.ExecAsync(["drill-latest"], cancellationToken).ConfigureAwait(false));
        return new LatestDrillOutcome(
            fetched,
            restored,
            restored.Refusal is null ? (await job.ExecAsync(["cat", Metrics], cancellationToken).ConfigureAwait(false)).Output : null
        );
    }

    private Job Container(string name, BackupTarget target, string disk) =>
        new(name, image)
        {
            Programs = Directory
                .EnumerateFiles(procedures)
                .ToDictionary(file => $"/opt/backup/{Path.GetFileName(file)}", File.ReadAllBytes, StringComparer.Ordinal),
            Secrets = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                [$"{Secrets}/repository-password"] = Encoding.UTF8.GetBytes(target.Key),
            },
            Volumes = new Dictionary<string, string>(StringComparer.Ordinal) { [Work] = disk },
        };

    /// <summary>A procedure that could not even say why it ended has said it on standard error.</summary>
    private static ProcedureReport ReportOf(CommandResult result)
    {
        var report = ProcedureReport.Parse(result.Output);
        return result.ExitCode == 0 || report.Refusal is not null
            ? report
            : report with
            {
                Refusal = $"it ended with exit code {result.ExitCode}: {Quotation.Of(result.Error)}",
            };
    }
}
