using Verification.Stack.Additions;

namespace Verification.Tests.Recovery.Drills;

public sealed class RefusedRestoreTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Between = 5;

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(5);

    /// <summary>One backup and three binary logs; then each defect by itself, on the archive as it was; at last an archiver that has lost
    /// its volume.</summary>
    [Fact]
    [Objective("drill-refused-restore.told")]
    public async Task A_restore_from_a_broken_archive_or_onto_a_wrong_target_is_refused_and_leaves_nothing_that_could_be_taken_for_data()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
        await procedures.BackUpAsync("physical", Cancellation);
        await using (var traffic = new BuffTraffic(Platform, Marker.New("refused restore"), clients: 1))
        {
            for (var closed = 0; closed < 2; closed++)
            {
                await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
                await procedures.RotateAsync(Cancellation);
            }
        }

        await Platform.FenceAsync(Cancellation);
        await procedures.AwaitArchivedAsync(Cancellation);
        await using var still = await InjectAsync(Faults.Stop(Stack.Instance(new Role("backup"))));
        await using var job = await procedures.StartJobAsync("refused-restore-job", Cancellation);
        var whole = await procedures.NewestArchiveAsync(job, Cancellation);

        var deviations = new List<string>();
        deviations.AddRange(await TryAsync(procedures, job, whole, 0, new RefusedRestore("nothing is wrong", 0)));
        foreach (var (number, refused) in RefusedRestore.All.Index())
            deviations.AddRange(await TryAsync(procedures, job, whole, number + 1, refused));

        deviations.AddRange(
            (await procedures.ArchiveAnewAsync(job, Cancellation)).Select(file =>
                $"an archiver on an empty volume: the newest snapshot of the archive lacks {file}"
            )
        );
        Decide(Measurement.OfDeviations("drill-refused-restore.told", deviations, RefusedRestore.All.Count + 2));
    }

    private static async Task<IReadOnlyList<string>> TryAsync(
        BackupProcedures procedures,
        AddedInstance job,
        string whole,
        int number,
        RefusedRestore refused
    )
    {
        var target = $"/tmp/target-{number}";
        await procedures.ShellAsync(job, $"export TARGET={target}; mkdir {target}; {refused.Preparation ?? "true"}", Cancellation);
        await procedures.DamageArchiveAsync(job, whole, refused.Damage ?? "true", Cancellation);

        if (refused.Rot is not null)
            await procedures.RotAsync(refused.Rot, Cancellation);

        var result = await procedures.TryAsync(job, refused.Procedure, target, refused.Environment, Cancellation);
        if (refused.Rot is not null)
            await procedures.MendAsync(Cancellation);

        var data = await procedures.ShellAsync(job, $"ls {target} | grep -x mysql.ibd || true", Cancellation);
        return
        [
            .. result.ExitCode == refused.ExitCode
                ? Array.Empty<string>()
                :
                [
                    $"{refused.Name}: exit code {result.ExitCode} in place of {refused.ExitCode}: {ProcedureReport.Parse(result.Output).Refusal ?? result.Error.TrimEnd()}",
                ],
            .. (data.Length > 0) == refused is { ExitCode: 0, Procedure: "restore" }
                ? Array.Empty<string>()
                : [$"{refused.Name}: the target {(data.Length > 0 ? "holds what looks like data" : "holds no data")}"],
        ];
    }
}
