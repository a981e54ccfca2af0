using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Recovery;

/// <summary>Runs the procedures of <c>config/backup/</c> as production does: in the backup image, beside the archiver or in a job's own container.</summary>
/// <param name="stack">A stack with the addition <c>backup</c>.</param>
/// <param name="additions">Starts the containers of jobs.</param>
/// <param name="history">Where it is told what ran when.</param>
public sealed class BackupProcedures(AttachedStack stack, StackAdditions additions, ScenarioHistory history)
{
    private static readonly Role Role = new("backup");
    private static readonly TimeSpan ArchiveDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Makes the accounts and the repositories.</summary>
    /// <exception cref="StateNotSeenException">A procedure did not end with 0.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken) => await Task.WhenAll(
        RunAsync(Archiver, "create-accounts", [], cancellationToken),
        RunAsync(Archiver, "create-repositories", [], cancellationToken)).ConfigureAwait(false);

    /// <summary>Closes the binary log that is open.</summary>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public Task RotateAsync(CancellationToken cancellationToken) => RunAsync(Archiver, "rotate-binlogs", [], cancellationToken);

    /// <summary>Makes a physical backup in a container of its own.</summary>
    /// <returns>What it told.</returns>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public async Task<ProcedureReport> BackUpAsync(CancellationToken cancellationToken)
    {
        var job = await additions.StartAsync(Job("backup-job"), cancellationToken).ConfigureAwait(false);
        await using var end = job.ConfigureAwait(false);
        return await RunAsync(job.Instance, "backup-physical", [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until the archive holds a statement, and tells its transaction.</summary>
    /// <param name="pattern">A regular expression on the statement.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its GTID.</returns>
    /// <exception cref="StateNotSeenException">It is not archived within 30 s.</exception>
    public async Task<string> FindTransactionAsync(string pattern, CancellationToken cancellationToken)
    {
        var found = await Eventually.SeeAsync(
            $"the archive holds '{pattern}'",
            ArchiveDeadline,
            ct => stack.Control.ExecAsync(Archiver, ["find-transaction", pattern], ct),
            result => result is { ExitCode: 0, Output.Length: > 0 },
            cancellationToken).ConfigureAwait(false);
        var transaction = found.Output.Split('\t')[0];
        history.Event("found", Archiver.Name, $"{transaction}: {pattern}");
        return transaction;
    }

    /// <summary>Starts the container of a restore on the volume of the server that is to be.</summary>
    public Task<AddedInstance> StartRestoreJobAsync(DiskVolume data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return additions.StartAsync(
            Job("restore-job") with { Volumes = new Dictionary<string, string>(StringComparer.Ordinal) { [additions.DataFolder(InstanceRole.Mysql)] = data.Name } },
            cancellationToken);
    }

    /// <summary>Restores to just before a transaction.</summary>
    /// <param name="job">The container of the restore.</param>
    /// <param name="until">GTID of the first transaction that is not wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it told.</returns>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public Task<ProcedureReport> RestoreAsync(AddedInstance job, string until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return RunAsync(job.Instance, "restore", [$"UNTIL={until}", "REPLAY_SECONDS=60"], cancellationToken);
    }

    private StackInstance Archiver => stack.Instance(Role);

    private static Addition Job(string name) => new(Role, name) { Command = ["sleep", "infinity"] };

    private async Task<ProcedureReport> RunAsync(StackInstance where, string procedure, IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        history.Event(procedure, where.Name, "begins");
        var result = await stack.Control.ExecAsync(where, ["env", .. environment, procedure], cancellationToken).ConfigureAwait(false);
        var took = TimeProvider.System.GetElapsedTime(since);
        var report = ProcedureReport.Parse(result.Output);
        history.Event(procedure, where.Name, $"ended with {result.ExitCode}");
        return result.ExitCode == 0
            ? report
            : throw new StateNotSeenException($"{procedure} ends with 0", took, $"exit code {result.ExitCode}: {report.Refusal ?? Told(result)}", new InvalidOperationException(Told(result)));
    }

    private static string Told(CommandResult result) => Quotation.Of(result.Error.Length > 0 ? result.Error : result.Output);
}
