using Verification.Stack.Additions;

namespace Verification.Tests.Recovery.Drills;

public sealed class StolenCredentialTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Kept = "drill-stolen-credential.kept";
    private const int Between = 5;

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(5);

    /// <summary>Backups are made by credentials that can only add; then whoever has stolen them tries to be rid of what there is, and at last
    /// somebody whose credentials can remove.</summary>
    [Fact]
    [Objective(Kept)]
    public async Task What_is_backed_up_by_credentials_that_can_only_add_is_removed_by_nobody_who_steals_them()
    {
        var procedures = new BackupProcedures(Stack, RequireAdditions(), Platform.History);
        await procedures.PrepareAsync(Cancellation);
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
        foreach (var procedure in (string[])["backup-physical", "backup-logical"])
            deviations.AddRange(await RunAsync(procedures, job, procedure, target.Environment(removes: false)));
        var held = await procedures.HeldAsync(Cancellation);
        foreach (var abuse in CredentialAbuse.All)
        {
            await AbuseAsync(procedures, job, abuse, target.Environment(removes: false));
            deviations.AddRange(Lost(abuse.Name, held, await procedures.HeldAsync(Cancellation)));
        }

        deviations.AddRange(await RunAsync(procedures, job, "retain", target.Environment(removes: true)));
        await AbuseAsync(procedures, job, CredentialAbuse.Forgetting, target.Environment(removes: true));
        Decide(
            Lost(CredentialAbuse.Forgetting.Name, held, await procedures.HeldAsync(Cancellation)).Count > 0
                ? Measurement.OfDeviations(Kept, deviations, CredentialAbuse.All.Count + 3)
                : Measurement.NotMeasured(Kept, "what was tried removes nothing where it may, either: it says nothing of credentials")
        );
    }

    private static async Task<IReadOnlyList<string>> RunAsync(
        BackupProcedures procedures,
        AddedInstance job,
        string procedure,
        IReadOnlyList<string> environment
    )
    {
        var result = await procedures.TryAsync(job, procedure, "/tmp/none", environment, Cancellation);
        return result.ExitCode == 0
            ? []
            : [$"{procedure} ends with {result.ExitCode}: {ProcedureReport.Parse(result.Output).Refusal ?? result.Error.TrimEnd()}"];
    }

    // How it ends says nothing: what it did is looked for.
    private static Task AbuseAsync(
        BackupProcedures procedures,
        AddedInstance job,
        CredentialAbuse abuse,
        IReadOnlyList<string> environment
    ) =>
        procedures.ShellAsync(
            job,
            $"set +e; export {string.Join(' ', environment)}; {{ {abuse.Script}\n}} >/tmp/abuse.log 2>&1; true",
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
