using Verification.Stack.Additions;

namespace Verification.Tests.Recovery.Drills;

public sealed class StolenCredentialTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Kept = "drill-stolen-credential.kept";
    private const int Between = 5;

    // So few that three more would be enough to be rid of the others.
    private static readonly IReadOnlyList<string> FewKept = ["KEEP_DAILY=1", "KEEP_WEEKLY=1"];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(8);

    /// <summary>Backups are made by credentials that can only add, and kept by others; then whoever has stolen the former tries to be rid
    /// of what there is, by himself and by what he leaves for the retention, and at last somebody who has the latter.</summary>
    [Fact]
    [Objective("drill-stolen-credential.kept")]
    public async Task What_is_backed_up_by_credentials_that_can_only_add_is_removed_by_nobody_who_steals_them()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
        // An older one, which whoever makes the next must leave alone.
        await procedures.BackUpAsync("physical", Cancellation);
        await using (var traffic = new BuffTraffic(Platform, Marker.New("stolen credential"), clients: 1))
            await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        await procedures.RotateAsync(Cancellation);
        await Platform.FenceAsync(Cancellation);
        await procedures.AwaitArchivedAsync(Cancellation);
        // It uploads what comes, all the time.
        await using var still = await InjectAsync(Faults.Stop(Stack.Instance(new Role("backup"))));
        var target = await procedures.ServeByRestAsync(Cancellation);
        await using var job = await procedures.StartJobAsync("stolen-credential-job", Cancellation);
        foreach (var removes in (bool[])[false, true])
            await procedures.ShellAsync(job, target.LayDown(removes), Cancellation);

        var deviations = new List<string>();
        var (made, refused) = await RunAsync(procedures, job, "backup-physical", target.Environment(removes: false));
        deviations.AddRange(refused);
        (var dumped, refused) = await RunAsync(procedures, job, "backup-logical", target.Environment(removes: false));
        deviations.AddRange(refused);
        (_, refused) = await RunAsync(procedures, job, "retain", target.Environment(removes: true));
        deviations.AddRange(refused);
        IReadOnlyList<string> precious =
        [
            $"BASE={made}",
            $"DUMP={dumped}",
            $"ARCHIVE={await procedures.NewestArchiveAsync(job, Cancellation)}",
        ];
        var held = await procedures.HeldAsync(Cancellation);
        foreach (var abuse in CredentialAbuse.All)
        {
            await AbuseAsync(procedures, job, abuse, [.. target.Environment(removes: false), .. precious]);
            deviations.AddRange(Lost(abuse.Name, held, await procedures.HeldAsync(Cancellation)));
        }

        foreach (var addition in CredentialAbuse.Additions)
        {
            await AbuseAsync(procedures, job, addition, [.. target.Environment(removes: false), .. precious]);
            held = await procedures.HeldAsync(Cancellation);
            await procedures.TryAsync(job, "retain", "/tmp/none", [.. target.Environment(removes: true), .. FewKept], Cancellation);
            deviations.AddRange(Lost($"{addition.Name}, and retain", held, await procedures.HeldAsync(Cancellation)));
            await AbuseAsync(procedures, job, CredentialAbuse.Removal, [.. target.Environment(removes: true), .. precious]);
        }

        var idle = new List<string>();
        foreach (var abuse in CredentialAbuse.CounterProofs)
        {
            held = await procedures.HeldAsync(Cancellation);
            var told = await AbuseAsync(procedures, job, abuse, [.. target.Environment(removes: true), .. precious]);
            if (Lost(abuse.Name, held, await procedures.HeldAsync(Cancellation)).Count == 0)
                idle.Add($"{abuse.Name}: {told}");
        }

        Decide(
            deviations.Count > 0 || idle.Count == 0
                ? Measurement.OfDeviations(Kept, deviations, CredentialAbuse.All.Count + CredentialAbuse.Additions.Count + 3)
                : Measurement.NotMeasured(
                    Kept,
                    $"what was tried removes nothing where it may, either, and says nothing of credentials: {string.Join("; ", idle)}"
                )
        );
    }

    /// <summary>Runs a procedure.</summary>
    /// <returns>The snapshot that it made, and how it ended otherwise than well.</returns>
    private static async Task<(string Snapshot, IReadOnlyList<string> Refused)> RunAsync(
        BackupProcedures procedures,
        AddedInstance job,
        string procedure,
        IReadOnlyList<string> environment
    )
    {
        var result = await procedures.TryAsync(job, procedure, "/tmp/none", environment, Cancellation);
        var report = ProcedureReport.Parse(result.Output);
        return (
            report.Facts.GetValueOrDefault("snapshot", "none"),
            result.ExitCode == 0 ? [] : [$"{procedure} ends with {result.ExitCode}: {report.Refusal ?? result.Error.TrimEnd()}"]
        );
    }

    // How it ends says nothing: what it did is looked for.
    private static Task<string> AbuseAsync(
        BackupProcedures procedures,
        AddedInstance job,
        CredentialAbuse abuse,
        IReadOnlyList<string> environment
    ) =>
        procedures.ShellAsync(
            job,
            $"set +e; export {string.Join(' ', environment)}; {{ {abuse.Script}\n}} >/tmp/abuse.log 2>&1; tail -n 3 /tmp/abuse.log",
            Cancellation
        );

    private static IReadOnlyList<string> Lost(
        string what,
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    )
    {
        var lost = before.Where(file => after.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        return lost.Count == 0 ? [] : [$"{what}: {lost.Count} of {before.Count} files are gone or changed, such as {lost[0]}"];
    }
}
