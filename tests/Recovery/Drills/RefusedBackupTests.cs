using Verification.Stack.Additions;

namespace Verification.Tests.Recovery.Drills;

public sealed class RefusedBackupTests(PlatformFixture platform) : Scenario(platform)
{
    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <summary>Each defect by itself; then a backup of each kind in which nothing is wrong.</summary>
    [Fact]
    [Objective("drill-refused-backup.told")]
    public async Task A_backup_that_is_not_whole_is_refused_and_leaves_nothing_that_could_be_taken_for_one()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
        await using var job = await procedures.StartJobAsync("refused-backup-job", Cancellation);

        var deviations = new List<string>();
        var stored = await procedures.CountBackupsAsync(job, Cancellation);
        foreach (var (number, refused) in RefusedBackup.All.Index())
        {
            deviations.AddRange(await TryAsync(procedures, job, number, refused));
            var before = stored;
            stored = await procedures.CountBackupsAsync(job, Cancellation);
            if (stored - before != refused.Left)
                deviations.Add($"{refused.Name}: {stored - before} snapshots are left in place of {refused.Left}");
        }

        Decide(Measurement.OfDeviations("drill-refused-backup.told", deviations, RefusedBackup.All.Count));
    }

    private static async Task<IReadOnlyList<string>> TryAsync(
        BackupProcedures procedures,
        AddedInstance job,
        int number,
        RefusedBackup refused
    )
    {
        var programs = $"/tmp/programs-{number}";
        var made = refused.Programs.Select(program =>
            $"cat >{programs}/{program.Key} <<'PROGRAM'\n{program.Value}PROGRAM\nchmod +x {programs}/{program.Key}\n"
        );
        await procedures.ShellAsync(job, $"mkdir {programs}\n{string.Concat(made)}{refused.Preparation ?? "true"}", Cancellation);
        if (refused.Statements is not null)
            await procedures.AsRootAsync(refused.Statements, Cancellation);

        var result = await procedures.TryWithAsync(job, refused.Procedure, programs, refused.Environment, Cancellation);
        if (refused.Undoing is not null)
            await procedures.AsRootAsync(refused.Undoing, Cancellation);

        return result.ExitCode == refused.ExitCode
            ? []
            :
            [
                $"{refused.Name}: exit code {result.ExitCode} in place of {refused.ExitCode}: {ProcedureReport.Parse(result.Output).Refusal ?? result.Error.TrimEnd()}",
            ];
    }
}
