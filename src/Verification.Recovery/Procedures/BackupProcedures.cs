using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Components.RestStore;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Recovery;

/// <summary>Runs the procedures of <c>config/backup/</c> as production does: in the backup image, beside the archiver or in a job's own
/// container.</summary>
/// <param name="stack">A stack with the addition <c>backup</c>.</param>
/// <param name="additions">Starts the containers of jobs.</param>
/// <param name="history">Where it is told what ran when.</param>
public sealed class BackupProcedures(AttachedStack stack, StackAdditions additions, ScenarioHistory history)
{
    private static readonly Role Role = new("backup");
    private const int ReadOnlyPort = 8081;
    private const string InRepositories = "source /opt/backup/report; source /opt/backup/repositories";
    private const string Dying = $$"""
        {{InRepositories}}
        locks() { restic --repo "$REPOSITORY/$1" --no-cache --no-lock "${@:2}" 2>/dev/null; }
        # has_lock KIND: whether somebody of this container has locked it.
        has_lock() { for lock in $(locks "$1" list locks); do locks "$1" cat lock "$lock"; done | grep -qF "\"$HOSTNAME\""; }
        # die_in KIND COMMAND...: kills restic as soon as it has its lock.
        die_in() {
          restic --repo "$REPOSITORY/$1" --no-cache --retry-lock 1m "${@:2}" <&0 >/tmp/dying.log 2>&1 &
          until has_lock "$1"; do
            kill -0 $! 2>/dev/null || { cat /tmp/dying.log; exit 1; }
            sleep 0.1
          done
          kill -KILL $!
          wait $! || true
          has_lock "$1"
        }
        """;
    private static readonly TimeSpan ArchiveDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Makes the accounts and the repositories.</summary>
    /// <exception cref="StateNotSeenException">A procedure did not end with 0.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(
                RunAsync(Archiver, "create-accounts", [], cancellationToken),
                RunAsync(Archiver, "create-repositories", [], cancellationToken)
            )
            .ConfigureAwait(false);

    /// <summary>By what its procedures are done.</summary>
    /// <exception cref="InvalidOperationException">A program does not tell its version.</exception>
    public async Task<DrillTools> ToolsAsync(CancellationToken cancellationToken) =>
        DrillTools.Of(
            Component.Image,
            Component.Digest,
            await ShellAsync(Archiver, DrillTools.Ask, [], cancellationToken).ConfigureAwait(false),
            Folder
        );

    /// <summary>Closes the binary log that is open.</summary>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public Task RotateAsync(CancellationToken cancellationToken) => RunAsync(Archiver, "rotate-binlogs", [], cancellationToken);

    /// <summary>Makes a backup in a container of its own.</summary>
    /// <param name="kind">Which kind: <c>physical</c> or <c>logical</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it told.</returns>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public async Task<ProcedureReport> BackUpAsync(string kind, CancellationToken cancellationToken)
    {
        var job = await additions.StartAsync(Job("backup-job"), cancellationToken).ConfigureAwait(false);
        await using var end = job.ConfigureAwait(false);
        return await RunAsync(job.Instance, $"backup-{kind}", [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes statements on the server that is backed up, as root.</summary>
    /// <exception cref="InvalidOperationException">The server refused one.</exception>
    public async Task AsRootAsync(string statements, CancellationToken cancellationToken) =>
        await ShellAsync(
                Archiver,
                "source /opt/backup/report; source /opt/backup/donor; donor root \"$1\"",
                [statements],
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Reads all that a server holds, its accounts too, by the program of the backup image. Nobody else may write
    /// meanwhile.</summary>
    /// <exception cref="InvalidOperationException">It can't be read.</exception>
    public async Task<DatabaseContent> ContentOfAsync(StackInstance mysql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mysql);
        return DatabaseContent.Parse(
            await ShellAsync(
                    Archiver,
                    "proof content --server \"$1\" --user root --password-file $SECRETS/root-password",
                    [mysql.Name],
                    cancellationToken
                )
                .ConfigureAwait(false)
        );
    }

    /// <summary>Waits until all that the server has executed is archived.</summary>
    /// <exception cref="StateNotSeenException">It is not within 30 s.</exception>
    public async Task AwaitArchivedAsync(CancellationToken cancellationToken)
    {
        var last = await NewestExecutedAsync(cancellationToken).ConfigureAwait(false);
        await Eventually
            .IsTrueAsync($"the archive holds {last}", ArchiveDeadline, ct => IsArchivedAsync(last, ct), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The newest transaction of the server that is backed up.</summary>
    /// <returns>Its GTID.</returns>
    public async Task<string> NewestExecutedAsync(CancellationToken cancellationToken)
    {
        var connection = await stack.MySqlAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        var executed = await connection
            .ExecuteScalarAsync<string>(
                new CommandDefinition("SELECT REPLACE(@@GLOBAL.gtid_executed, '\n', '')", cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        return $"{executed!.Split(',')[^1].Split(':')[0]}:{executed.Split(':', '-')[^1]}";
    }

    /// <summary>Whether a transaction is archived, as who restores now would find it.</summary>
    /// <param name="transaction">Its GTID.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> IsArchivedAsync(string transaction, CancellationToken cancellationToken)
    {
        // Who only looks locks nothing. One line of each transaction is enough.
        var found = await stack
            .Control.ExecAsync(Archiver, ["env", "LOCK=--no-lock", "find-transaction", "GTID_NEXT"], cancellationToken)
            .ConfigureAwait(false);
        return found.ExitCode == 0 && found.Output.Contains($"{transaction}\t", StringComparison.Ordinal);
    }

    /// <summary>Up to when, by what the archiver tells Prometheus, all is archived.</summary>
    /// <returns>The moment; null where it has told nothing yet.</returns>
    /// <exception cref="InvalidOperationException">It can't be read.</exception>
    public async Task<DateTimeOffset?> ArchivedUntilAsync(CancellationToken cancellationToken)
    {
        var told = await ShellAsync(Archiver, "[ ! -e \"$METRICS\" ] || cat \"$METRICS\"", [], cancellationToken).ConfigureAwait(false);
        var sample = told.Split('\n').FirstOrDefault(line => line.StartsWith("sportbuff_backup_archived_until_", StringComparison.Ordinal));
        return sample is null ? null : DateTimeOffset.FromUnixTimeSeconds(long.Parse(sample.Split(' ')[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until the archive holds a statement, and tells its transaction.</summary>
    /// <param name="pattern">A regular expression on the statement.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its GTID.</returns>
    /// <exception cref="StateNotSeenException">It is not archived within 30 s.</exception>
    public async Task<string> FindTransactionAsync(string pattern, CancellationToken cancellationToken)
    {
        var found = await Eventually
            .SeeAsync(
                $"the archive holds '{pattern}'",
                ArchiveDeadline,
                ct => stack.Control.ExecAsync(Archiver, ["find-transaction", pattern], ct),
                result => result is { ExitCode: 0, Output.Length: > 0 },
                cancellationToken
            )
            .ConfigureAwait(false);
        var transaction = found.Output.Split('\t')[0];
        history.Event("found", Archiver.Name, $"{transaction}: {pattern}");
        return transaction;
    }

    /// <summary>Starts the container of a restore on the volume of the server that is to be.</summary>
    public Task<AddedInstance> StartRestoreJobAsync(DiskVolume data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return additions.StartAsync(
            Job("restore-job") with
            {
                Volumes = new Dictionary<string, string>(StringComparer.Ordinal) { [additions.DataFolder(InstanceRole.Mysql)] = data.Name },
            },
            cancellationToken
        );
    }

    /// <summary>Restores to just before a transaction.</summary>
    /// <param name="job">The container of the restore.</param>
    /// <param name="until">GTID of the first transaction that is not wanted; empty for all that is archived.</param>
    /// <param name="kind">From which kind of backup: <c>physical</c> or <c>logical</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it told.</returns>
    /// <exception cref="StateNotSeenException">The procedure did not end with 0.</exception>
    public Task<ProcedureReport> RestoreAsync(AddedInstance job, string until, string kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return RunAsync(job.Instance, "restore", [$"UNTIL={until}", $"KIND={kind}", "REPLAY_SECONDS=60"], cancellationToken);
    }

    /// <summary>Writes the heartbeat once.</summary>
    /// <returns>The time that it says.</returns>
    /// <exception cref="InvalidOperationException">It is not written.</exception>
    public async Task<DateTimeOffset> BeatAsync(CancellationToken cancellationToken) =>
        DateTimeOffset.Parse(
            await ShellAsync(
                    Archiver,
                    "timeout 1 beat || [ $? = 124 ]; source /opt/backup/report; source /opt/backup/donor; donor heartbeat 'SELECT at FROM heartbeat.beats'",
                    [],
                    cancellationToken
                )
                .ConfigureAwait(false),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    /// <summary>Why what the target holds can't be served for reading alone; null where it can.</summary>
    public string? ReadOnlyUnavailable =>
        IsServedByRest ? "the target is restic's REST server in place of S3, and that lets in nobody who can only read" : null;

    /// <summary>Serves what the target holds a second time, for reading alone, and tells where and by what.</summary>
    /// <exception cref="InvalidOperationException">It is not served.</exception>
    public async Task<BackupTarget> ServeReadOnlyAsync(CancellationToken cancellationToken)
    {
        await ShellAsync(
                Target,
                $"rclone serve s3 {additions.DataFolder(Target.Role)} --read-only --dir-cache-time 0s --vfs-cache-mode off --addr :{ReadOnlyPort} >/tmp/read-only.log 2>&1 &",
                [],
                cancellationToken
            )
            .ConfigureAwait(false);
        string Repository(string kind) => $"s3:http://{Target.Name}:{ReadOnlyPort}/backup/{kind}";
        Task<string> SecretAsync(string name) => ShellAsync(Archiver, $"cat $SECRETS/{name}", [], cancellationToken);
        return new BackupTarget(
            Repository("base"),
            Repository("binlogs"),
            Repository("tail"),
            await SecretAsync("repository-password").ConfigureAwait(false),
            await SecretAsync("object-store-credentials").ConfigureAwait(false)
        );
    }

    /// <summary>Serves what the target holds by restic's REST protocol: once so that nothing of it can be removed or changed, and once for
    /// all.</summary>
    /// <exception cref="InvalidOperationException">It is not served.</exception>
    public async Task<RestTarget> ServeByRestAsync(CancellationToken cancellationToken)
    {
        var target = new RestTarget(Target.Name, Secret(), Secret());
        foreach (var (user, password, port, mode) in target.Servers)
            await ShellAsync(
                    Target,
                    // Of an image made from its recipe the first program in PATH speaks S3 alone.
                    $"""
                    rclone=/usr/bin/rclone; [ -x $rclone ] || rclone=rclone
                    RCLONE_USER={user} RCLONE_PASS={password} $rclone serve restic {additions.DataFolder(
                        Target.Role
                    )}/backup {mode} --addr :{port} >/tmp/rest-{port}.log 2>&1 &
                    """,
                    [],
                    cancellationToken
                )
                .ConfigureAwait(false);
        return target;

        static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>What the target holds but for the locks of restic: the SHA-256 of each file, by its path.</summary>
    /// <exception cref="InvalidOperationException">It can't be read.</exception>
    public async Task<IReadOnlyDictionary<string, string>> HeldAsync(CancellationToken cancellationToken)
    {
        var lines = await ShellAsync(
                Target,
                $"cd {additions.DataFolder(Target.Role)}/backup; shopt -s globstar; held=(); for file in **; do if [[ -f $file && $file != */locks/* ]]; then held+=(\"$file\"); fi; done; sha256sum \"${{held[@]}}\"",
                [],
                cancellationToken
            )
            .ConfigureAwait(false);
        return lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[66..], line => line[..64], StringComparer.Ordinal);
    }

    /// <summary>Drills the newest backup of a target as production does: apart from the stack, whose network alone leads to the
    /// target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended.</returns>
    public async Task<LatestDrillOutcome> DrillLatestAsync(BackupTarget target, CancellationToken cancellationToken)
    {
        history.Event("drill-latest", Target.Name, "begins");
        var outcome = await new LatestDrill(additions.Jobs, Component.Image, Folder)
            .RunAsync(target, additions.Network, cancellationToken)
            .ConfigureAwait(false);
        history.Event("drill-latest", Target.Name, outcome.Refusal ?? "proven");
        return outcome;
    }

    /// <summary>The container of a job that needs no volume.</summary>
    public Task<AddedInstance> StartJobAsync(string name, CancellationToken cancellationToken) =>
        additions.StartAsync(Job(name), cancellationToken);

    /// <summary>Tries a procedure in a job's container, with programs that stand before those of the same names.</summary>
    /// <param name="job">The container.</param>
    /// <param name="procedure">Its name.</param>
    /// <param name="programs">The folder of the programs, which may be empty.</param>
    /// <param name="environment">Further variables, <c>NAME=value</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended.</returns>
    public Task<CommandResult> TryWithAsync(
        AddedInstance job,
        string procedure,
        string programs,
        IReadOnlyList<string> environment,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        return stack.Control.ExecAsync(
            job.Instance,
            [
                "bash",
                "-c",
                "programs=$1 procedure=$2; PATH=$programs:$PATH exec env \"${@:3}\" $procedure",
                "bash",
                programs,
                procedure,
                .. environment,
            ],
            cancellationToken
        );
    }

    /// <summary>How many backups there are, of each kind all that is stored.</summary>
    /// <exception cref="InvalidOperationException">They can't be counted.</exception>
    public async Task<int> CountBackupsAsync(AddedInstance job, CancellationToken cancellationToken)
    {
        var told = await ShellAsync(
                job,
                $"{InRepositories}; for kind in base logical; do in_repository $kind snapshots --json; echo; done",
                cancellationToken
            )
            .ConfigureAwait(false);
        return told.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Sum(line =>
            {
                using var snapshots = JsonDocument.Parse(line);
                return snapshots.RootElement.GetArrayLength();
            });
    }

    /// <summary>Tries a procedure in a job's container; a restore of all that is archived goes into a folder there.</summary>
    /// <param name="job">The container.</param>
    /// <param name="procedure">Its name.</param>
    /// <param name="target">The folder.</param>
    /// <param name="environment">Further variables, <c>NAME=value</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended.</returns>
    public Task<CommandResult> TryAsync(
        AddedInstance job,
        string procedure,
        string target,
        IReadOnlyList<string> environment,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        return stack.Control.ExecAsync(
            job.Instance,
            ["env", $"TARGET={target}", "REPLAY_SECONDS=60", .. AddressOf(procedure), .. environment, procedure],
            cancellationToken
        );
    }

    /// <summary>Damages the repository of bases where it lies, until <see cref="MendAsync"/>.</summary>
    /// <param name="damage">Commands, in its folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">A command failed.</exception>
    public Task RotAsync(string damage, CancellationToken cancellationToken) =>
        AtBasesAsync($"cp -r data /tmp/whole; {damage}", cancellationToken);

    /// <summary>Brings the repository of bases back to what it was.</summary>
    /// <exception cref="InvalidOperationException">It was not damaged.</exception>
    public Task MendAsync(CancellationToken cancellationToken) =>
        AtBasesAsync("cp -r /tmp/whole/. data; rm -r /tmp/whole", cancellationToken);

    /// <summary>Makes the newest snapshot of the archive one that is damaged. The archiver must stand still meanwhile: its next upload
    /// would mend it.</summary>
    /// <param name="job">A container with the procedures.</param>
    /// <param name="snapshot">The snapshot that is taken as it is.</param>
    /// <param name="damage">Commands, in the folder of the server's binary logs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">A command failed: nothing was damaged.</exception>
    public async Task DamageArchiveAsync(AddedInstance job, string snapshot, string damage, CancellationToken cancellationToken) =>
        await ShellAsync(
                job,
                $"{InRepositories}; rm -rf /tmp/archive; in_repository binlogs restore {snapshot} --target /tmp/archive; (cd /tmp/archive/* && {damage}); cd /tmp/archive; in_repository binlogs backup --host mysql .",
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Archives on an empty volume, from a server that no longer has what it has closed, until that is up. The archiver must stand
    /// still meanwhile.</summary>
    /// <param name="job">A container with the procedures.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the newest snapshot of the archive held, and holds no more.</returns>
    /// <exception cref="InvalidOperationException">Nothing came up.</exception>
    public async Task<IReadOnlyList<string>> ArchiveAnewAsync(AddedInstance job, CancellationToken cancellationToken)
    {
        var missing = await ShellAsync(
                job,
                $$"""
                {{InRepositories}}
                source /opt/backup/donor
                newest() { in_repository binlogs snapshots --json --latest 1; }
                held() { in_repository binlogs ls latest | grep '\.[0-9]*$' | sort; }
                before=$(newest)
                held >/tmp/held
                donor root "PURGE BINARY LOGS TO '$(donor root 'SHOW BINARY LOG STATUS' | cut -f 1)'"
                rotate-binlogs
                WORK=/tmp/empty-volume timeout 60 archive-binlogs >/tmp/anew.log 2>&1 &
                for second in {1..50}; do
                  [ "$(newest)" = "$before" ] || break
                  sleep 1
                done
                kill $! || true
                [ "$(newest)" != "$before" ] || { cat /tmp/anew.log; exit 1; }
                comm -23 /tmp/held <(held)
                """,
                cancellationToken
            )
            .ConfigureAwait(false);
        return missing.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Leaves what somebody leaves who dies while he reads the open binary logs, and somebody who dies while he prunes the closed
    /// ones: their locks, for half an hour. <see cref="UnlockAsync"/> takes them away.</summary>
    /// <param name="job">A container with the procedures.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">They could not be left.</exception>
    public Task LeaveLocksAsync(AddedInstance job, CancellationToken cancellationToken) =>
        ShellAsync(
            job,
            $"""
            {Dying}
            mkfifo /tmp/never
            sleep infinity >/tmp/never &
            # It has its lock as long as there is more to come.
            die_in tail backup --stdin </tmp/never
            {LockOut("binlogs")}
            """,
            cancellationToken
        );

    /// <summary>Leaves what somebody leaves who dies while he prunes the open binary logs: nothing goes up any more, and what is tried
    /// fails at once. <see cref="UnlockAsync"/> takes it away.</summary>
    /// <param name="job">A container with the procedures.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It could not be left.</exception>
    public Task LockOutAsync(AddedInstance job, CancellationToken cancellationToken) =>
        ShellAsync(job, $"{Dying}\n{LockOut("tail")}", cancellationToken);

    /// <summary>Takes away all locks of the archive.</summary>
    /// <exception cref="InvalidOperationException">They are not taken away.</exception>
    public Task UnlockAsync(AddedInstance job, CancellationToken cancellationToken) =>
        ShellAsync(
            job,
            $"{InRepositories}; for kind in tail binlogs; do restic --repo \"$REPOSITORY/$kind\" --no-cache unlock --remove-all; done",
            cancellationToken
        );

    /// <summary>The newest snapshot of the archive.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<string> NewestArchiveAsync(AddedInstance job, CancellationToken cancellationToken)
    {
        var told = await ShellAsync(job, $"{InRepositories}; in_repository binlogs snapshots --json latest", cancellationToken)
            .ConfigureAwait(false);
        using var snapshots = JsonDocument.Parse(told);
        return snapshots.RootElement.EnumerateArray().Last().GetProperty("id").GetString()!;
    }

    /// <summary>Runs commands in the container of a job.</summary>
    /// <returns>What they wrote.</returns>
    /// <exception cref="InvalidOperationException">They failed.</exception>
    public Task<string> ShellAsync(AddedInstance job, string commands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return ShellAsync(job.Instance, commands, [], cancellationToken);
    }

    private ComponentRecord Component => stack.Description.Components.Single(each => each.Role == Role.Name);

    private string Folder => Path.Combine(new ProjectRoot(stack.Description.Project).Config, Role.Name);

    private StackInstance Archiver => stack.Instance(Role);

    private StackInstance Target => stack.Instance(IsServedByRest ? RestStoreAddress.Role : new Role("object-store"));

    private bool IsServedByRest => stack.Instances(RestStoreAddress.Role).Any();

    private Task<string> AtBasesAsync(string commands, CancellationToken cancellationToken) =>
        ShellAsync(Target, $"cd {additions.DataFolder(Target.Role)}/backup/base; {commands}", [], cancellationToken);

    // restic's REST server lets in who may remove at another port than jobs.
    private IReadOnlyList<string> AddressOf(string procedure) =>
        procedure == "retain" && IsServedByRest ? [$"REPOSITORY={RestStoreAddress.Repository(Target.Name, removes: true)}"] : [];

    // It locks others out, and takes its time for what it reads.
    private static string LockOut(string kind) => $"die_in {kind} --limit-download 1 check --read-data";

    private static Addition Job(string name) => new(Role, name) { Command = ["sleep", "infinity"] };

    private async Task<string> ShellAsync(
        StackInstance where,
        string commands,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var result = await stack
            .Control.ExecAsync(
                where,
                ["bash", "-ec", $"export SECRETS=/run/secrets/backup; {commands}", "bash", .. arguments],
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"'{commands}' ended with {result.ExitCode}: {Told(result)}");
    }

    private async Task<ProcedureReport> RunAsync(
        StackInstance where,
        string procedure,
        IReadOnlyList<string> environment,
        CancellationToken cancellationToken
    )
    {
        var since = TimeProvider.System.GetTimestamp();
        history.Event(procedure, where.Name, "begins");
        var result = await stack.Control.ExecAsync(where, ["env", .. environment, procedure], cancellationToken).ConfigureAwait(false);
        var took = TimeProvider.System.GetElapsedTime(since);
        var report = ProcedureReport.Parse(result.Output);
        history.Event(procedure, where.Name, $"ended with {result.ExitCode}");
        return result.ExitCode == 0
            ? report
            : throw new StateNotSeenException(
                $"{procedure} ends with 0",
                took,
                $"exit code {result.ExitCode}: {report.Refusal ?? Told(result)}",
                new InvalidOperationException(Told(result))
            );
    }

    private static string Told(CommandResult result) => Quotation.Of(result.Error.Length > 0 ? result.Error : result.Output);
}
