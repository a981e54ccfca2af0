using Verification.Stack.Additions;

namespace Verification.Tests.Recovery.Drills;

public sealed class LogicalBackupTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rows = 1_000;
    private const int Between = 20;
    private const string Later = "drill.later";
    private static readonly string[] NotLookedAt = ["a first write: the services only read what came back."];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <summary>A dump under traffic, more traffic, and a restore of the dump and of the binary logs after it, beside the server that it
    /// comes from.</summary>
    [Fact]
    [Objective("drill-logical.exact")]
    [Objective("drill-logical.lossless")]
    public async Task A_dump_brings_back_every_object_account_and_character_and_the_binary_logs_the_rest()
    {
        var additions = RequireAdditions();
        var procedures = new BackupProcedures(Stack, additions, Platform.History);
        var source = Stack.Instance(InstanceRole.Mysql);
        await using var rows = await DrillRows.PlantAsync(Stack, source, Rows, Cancellation);
        await procedures.PrepareAsync(Cancellation);
        var tools = await procedures.ToolsAsync(Cancellation);
        await using var objects = await DrillObjects.PlantAsync(procedures, Cancellation);
        var prefix = Marker.New("logical backup");
        await using var traffic = new BuffTraffic(Platform, prefix, clients: 1);
        await using var listing = new ListTraffic(Platform);
        await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        // Where nothing is backed up, or restored, nothing is there, nor exact.
        var backup = await ChargeAsync(TestObjectives(), () => procedures.BackUpAsync("logical", Cancellation));
        // It comes back by the binary logs alone, and whoever restores has it run again.
        await procedures.AsRootAsync(
            $"CREATE EVENT {Later} ON SCHEDULE EVERY 1 HOUR STARTS '2099-01-01 00:00:00' DO DELETE FROM drill.keyless",
            Cancellation
        );
        await procedures.RotateAsync(Cancellation);
        var listings = await listing.EndAsync();
        await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        await traffic.EndAsync();
        await Platform.FenceAsync(Cancellation);
        await rows.StopAsync(Cancellation);
        await procedures.AwaitArchivedAsync(Cancellation);
        var wanted = await procedures.ContentOfAsync(source, Cancellation);

        await using var data = await additions.DiskAsync("loaded-data", Cancellation);
        var clock = new RecoveryClock(TimeProvider.System.GetUtcNow(), Platform.History, TimeProvider.System);
        ProcedureReport restore;
        await using (var job = await procedures.StartRestoreJobAsync(data, Cancellation))
        {
            clock.Ended("provision");
            restore = await ChargeAsync(TestObjectives(), () => procedures.RestoreAsync(job, until: "", "logical", Cancellation));
            clock.Ended(restore);
        }

        await using var mysql = await RestoredServer.StartAsync(additions, data, Cancellation);
        clock.Ended("serve");
        await RestoredServer.EnableAsync(Stack, mysql.Instance, Later, Cancellation);
        var restored = await procedures.ContentOfAsync(mysql.Instance, Cancellation);
        IReadOnlyList<string> differences =
        [
            .. wanted.DifferencesOf(restored),
            .. restore.Facts["events"] == Later
                ? Array.Empty<string>()
                : [$"of events that no longer run, restore tells '{restore.Facts["events"]}'"],
        ];
        clock.Ended("content");
        AtEnd(Exact);
        // The services' account came with the dump, too.
        await using var aside = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        await using var server = await additions.StartAsync(
            new Addition(InstanceRole.Server, "server-of-loaded")
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBHOST"] = mysql.Instance.Name },
            },
            Cancellation
        );
        clock.Ended("first-read");
        var account = await Platform.Through(mysql: mysql.Instance, server: server.Instance).Account.CloseAsync(prefix, Cancellation);

        var files = DrillFiles.Keep(
            Suite.Folder,
            Platform.History.Scenario,
            new DrillRecord
            {
                Drill = "logical",
                Tools = tools,
                Findings = DrillFindings.Of(
                    [
                        (
                            account.Faults == 0,
                            $"Each of {account.Acked} acknowledged buffs, before, while and after the dump was made, stands once in the restored table."
                        ),
                        (
                            differences.Count == 0,
                            "What came back is, table by table to the last byte, object by object, account by account and right by right, what the server holds that it comes from."
                        ),
                    ],
                    NotLookedAt
                ),
                Rows = Rows,
                Backup = backup.Phases,
                Recovery = clock.Phases,
                Listings = listings,
                Wanted = wanted,
                Restored = restored,
                FirstReadSeconds = clock.SecondsTo("first-read"),
                Differences = differences,
                Facts = DrillRecord.FactsOf(("backup", backup), ("restore", restore)),
            }
        );
        Decide(Exact() with { Files = files }, Measurement.OfAccount("drill-logical.lossless", account).OfWhatBroughtItBack());

        Measurement Exact() => Measurement.OfDeviations("drill-logical.exact", differences, restored.Tables.Sum(table => table.Rows));
    }
}
