namespace Verification.Tests.Recovery.Drills;

public sealed class ClusterLostTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rows = 20_000;
    private const int Between = 20;
    private static readonly string[] NotLookedAt =
    [
        "what the lost server held beside the buffs: what came back was held against the digests of the backup and the transactions of the archive, and not against a server that is gone.",
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(5);

    /// <summary>Everything dies under traffic but the S3 target; a new platform comes from that alone. How far back what is lost reaches,
    /// and how long it takes, is the figure.</summary>
    [Fact]
    [Objective("drill-cluster-lost.point")]
    [Objective("drill-cluster-lost.once")]
    [Objective("drill-cluster-lost.first-write")]
    public async Task A_cluster_that_is_lost_comes_back_from_the_target_of_its_backups_up_to_the_last_seconds()
    {
        var additions = RequireAdditions();
        var procedures = new BackupProcedures(Stack, additions, Platform.History);
        await using var rows = await DrillRows.PlantAsync(Stack, Stack.Instance(InstanceRole.Mysql), Rows, Cancellation);
        await procedures.PrepareAsync(Cancellation);
        var tools = await procedures.ToolsAsync(Cancellation);
        var prefix = Marker.New("cluster lost");
        await using var traffic = new BuffTraffic(Platform, prefix, clients: 1);
        await using var listing = new ListTraffic(Platform);
        var backup = await procedures.BackUpAsync("physical", Cancellation);
        await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        await procedures.RotateAsync(Cancellation);
        var listings = await listing.EndAsync();
        await traffic.AwaitAcknowledgedAsync(Between, Cancellation);

        var lost = new LostClusterFault(Stack, Platform.History);
        await using var nothing = await InjectAsync(lost);
        await traffic.EndAsync();
        var clock = new RecoveryClock(lost.At, Platform.History, TimeProvider.System);
        clock.Ended("lost");

        await using var data = await additions.DiskAsync("new-data", Cancellation);
        ProcedureReport restore;
        await using (var job = await procedures.StartRestoreJobAsync(data, Cancellation))
        {
            clock.Ended("provision");
            // Of nothing that was restored nobody knows whether it stands once.
            restore = await ChargeAsync(
                ["drill-cluster-lost.point", "drill-cluster-lost.first-write"],
                () => procedures.RestoreAsync(job, until: "", "physical", Cancellation)
            );
            clock.Ended(restore);
        }

        await using var renewed = await NewPlatform.StartAsync(additions, data, Cancellation);
        clock.Ended("serve");
        var restored = Platform.Through(renewed.MySql, renewed.Broker, renewed.Dashboard, renewed.Server);
        var listed = await restored.ListAsync(Cancellation);
        clock.Ended("first-read");
        await ChargeAsync(["drill-cluster-lost.first-write"], () => restored.FenceAsync(Cancellation));
        clock.Ended("first-write");
        var account = await restored.Account.CloseAsync(prefix, Cancellation);
        // Nobody writes any more.
        var (content, notDurable) = await RestoredServer.ReadAsync(Stack, renewed.MySql, Cancellation);

        var lostBuffs = LostBuffs.Before(lost.AtOfHistory, account, Platform.History.Lines);
        var point = LostBuffs.PointOf(lostBuffs);
        var files = DrillFiles.Keep(
            Suite.Folder,
            Platform.History.Scenario,
            new DrillRecord
            {
                Drill = "cluster-lost",
                Tools = tools,
                Findings = DrillFindings.Of(
                    [
                        (listed.Status == 200, "A new platform, made of nothing but the target of the backups, lists buffs."),
                        (true, "A buff that is posted to it stands in its table."),
                        (
                            account.Lost.Count + account.DeadLettered.Count == 0,
                            $"Each of {account.Acked} acknowledged buffs stands in what came back."
                        ),
                        (account.Duplicated.Count == 0, "No acknowledged buff stands twice in what came back."),
                        (notDurable.Count == 0, "The settings of the new server are durable."),
                    ],
                    NotLookedAt
                ),
                Rows = Rows,
                Backup = backup.Phases,
                Recovery = clock.Phases,
                FirstReadSeconds = clock.SecondsTo("first-read"),
                FirstWriteSeconds = clock.SecondsTo("first-write"),
                LostSeconds = point,
                Lost = lostBuffs,
                Listings = listings,
                Restored = content,
                Differences = notDurable,
                Facts = DrillRecord.FactsOf(("backup", backup), ("restore", restore)),
            }
        );
        Decide(
            new Measurement(
                "drill-cluster-lost.point",
                point,
                account.Acked,
                account.Diagnosis + LostBuffs.Name(lostBuffs),
                Resolution: 0.001
            )
            {
                Files = files,
            },
            Measurement.OfDeviations("drill-cluster-lost.once", account.Duplicated, account.Acked),
            new Measurement("drill-cluster-lost.first-write", clock.SecondsTo("first-write"), account.Acked, Resolution: 0.05)
            {
                Files = files,
            }
        );
    }
}
