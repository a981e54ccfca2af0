using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Recovery.Drills;

public sealed class DroppedTableTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rows = 20_000;
    private const int Between = 20;
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Service = TimeSpan.FromSeconds(30);
    private static readonly string[] NotLookedAt = ["accounts and their rights: whoever reads here may not see them."];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <summary>Under traffic through the APIs: a backup, two closed binary logs and an open one, the accident, and the way back.</summary>
    [Fact]
    [Objective("drill-dropped-table.lossless")]
    [Objective("drill-dropped-table.exact")]
    [Objective("drill-dropped-table.first-read")]
    public async Task A_dropped_table_comes_back_as_it_was_and_no_acknowledged_buff_is_lost()
    {
        var additions = RequireAdditions();
        var procedures = new BackupProcedures(Stack, additions, Platform.History);
        await using var rows = await DrillRows.PlantAsync(Stack, Stack.Instance(InstanceRole.Mysql), Rows, Cancellation);
        await procedures.PrepareAsync(Cancellation);
        var tools = await procedures.ToolsAsync(Cancellation);
        var prefix = Marker.New("dropped table");
        await using var traffic = new BuffTraffic(Platform, prefix, clients: 1);
        await using var listing = new ListTraffic(Platform);
        var backup = await procedures.BackUpAsync("physical", Cancellation);
        for (var closed = 0; closed < 2; closed++)
        {
            await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
            await procedures.RotateAsync(Cancellation);
        }

        // What was listed last is no longer true when the accident comes: a list that is still cached would hide it.
        var listings = await listing.EndAsync();
        await traffic.AwaitAcknowledgedAsync(Between, Cancellation);
        var accident = new DropTableFault(Stack, Stack.Instance(InstanceRole.Mysql));
        await using var dropped = await InjectAsync(accident);
        var droppedAt = Platform.History.Now;
        var clock = new RecoveryClock(accident.At, Platform.History, TimeProvider.System);
        await Eventually.SeeAsync(
            "GET /buffs tells that something is wrong",
            Detection,
            Platform.ListAsync,
            answer => answer.Status != 200,
            Cancellation
        );
        clock.Ended("detect");

        // Nobody writes until all is proven; what is posted meanwhile waits in the queue.
        await using var aside = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        // Where nothing is restored nothing is there, exact, or read.
        var drop = await ChargeAsync(TestObjectives(), () => procedures.FindTransactionAsync("DROP TABLE .*buffs", Cancellation));
        clock.Ended("find");
        await using var data = await additions.DiskAsync("restored-data", Cancellation);
        ProcedureReport restore;
        await using (var job = await procedures.StartRestoreJobAsync(data, Cancellation))
        {
            clock.Ended("provision");
            restore = await ChargeAsync(TestObjectives(), () => procedures.RestoreAsync(job, drop, "physical", Cancellation));
            clock.Ended(restore);
        }

        await using var mysql = await RestoredServer.StartAsync(additions, data, Cancellation);
        clock.Ended("serve");
        var (content, notDurable) = await RestoredServer.ReadAsync(Stack, mysql.Instance, Cancellation);
        IReadOnlyList<string> differences = [.. accident.Before!.DifferencesOf(content), .. notDurable];
        clock.Ended("content");
        AtEnd(Exact);

        await using var server = await additions.StartAsync(
            new Addition(InstanceRole.Server, "server-of-restored")
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBHOST"] = mysql.Instance.Name },
            },
            Cancellation
        );
        var restored = Platform.Through(mysql: mysql.Instance, server: server.Instance);
        var unread = await ReadAsync(restored, accident.Listed);
        clock.Ended("first-read");
        AtEnd(FirstRead);
        await restored.FenceAsync(Cancellation);
        clock.Ended("first-write");
        await traffic.EndAsync();
        var account = await restored.Account.CloseAsync(prefix, Cancellation);

        var lost = LostBuffs.Before(droppedAt, account, Platform.History.Lines);
        var files = DrillFiles.Keep(
            Suite.Folder,
            Platform.History.Scenario,
            new DrillRecord
            {
                Drill = "dropped-table",
                Tools = tools,
                Findings = DrillFindings.Of(
                    [
                        (
                            account.Faults == 0,
                            $"Each of {account.Acked} acknowledged buffs, before the accident and after it, stands once in the restored table."
                        ),
                        (
                            differences.Count == 0,
                            "What came back is to the last byte what stood under the lock under which the table was dropped, on a server of its own id and UUID whose settings are durable."
                        ),
                        (unread is null, $"The {accident.Listed} buffs that there were are listed again."),
                    ],
                    NotLookedAt
                ),
                Rows = Rows,
                Backup = backup.Phases,
                Recovery = clock.Phases,
                FirstReadSeconds = clock.SecondsTo("first-read"),
                FirstWriteSeconds = clock.SecondsTo("first-write"),
                LostSeconds = LostBuffs.PointOf(lost),
                Lost = lost,
                Listings = listings,
                Wanted = accident.Before,
                Restored = content,
                Differences = differences,
                Facts = DrillRecord.FactsOf(("backup", backup), ("restore", restore)),
            }
        );
        Decide(
            Measurement.OfAccount("drill-dropped-table.lossless", account).OfWhatBroughtItBack(),
            Exact() with
            {
                Files = files,
            },
            FirstRead() with
            {
                Files = files,
            }
        );

        Measurement Exact() => Measurement.OfDeviations("drill-dropped-table.exact", differences, content.Tables.Sum(table => table.Rows));

        Measurement FirstRead() =>
            unread is null
                ? new Measurement("drill-dropped-table.first-read", clock.SecondsTo("first-read"), accident.Listed, Resolution: 0.05)
                : Measurement.OfUnreached("drill-dropped-table.first-read", unread);
    }

    /// <summary>Waits until all buffs are listed that there were. Where they are not, what is lost is still to be counted.</summary>
    /// <returns>What did not come; null where they were listed.</returns>
    private static async Task<UnreachedState?> ReadAsync(PlatformUnderTest restored, long listed)
    {
        try
        {
            await Eventually.SeeAsync(
                $"GET /buffs lists the {listed} buffs that there were",
                Service,
                restored.ListAsync,
                answer => answer.Buffs.Count >= listed,
                Cancellation
            );
            return null;
        }
        catch (StateNotSeenException e)
        {
            return e.Unreached;
        }
    }
}
