using Verification.Platform;
using Verification.Stack.Components.Watching;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Each fault with the alert that must tell of it, of all instances where it is of a component. What is not named here and is
/// told all the same fails.</summary>
public sealed class FaultTests(PlatformFixture platform) : FaultedScenario(platform)
{
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_Server_is_one_page() =>
        await TellsAsync(KillAll(InstanceRole.Server), must: "ServerDown", follows: "SyntheticFailed");

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_Dashboard_is_one_page() =>
        await TellsAsync(KillAll(InstanceRole.Dashboard), must: "DashboardDown", follows: "SyntheticFailed");

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_broker_is_one_page()
    {
        RequireBrokerMetrics();
        await TellsAsync(KillAll(InstanceRole.Broker), must: "BrokerNotOne", follows: "SyntheticFailed");
    }

    /// <summary>The Server answers, and its user may not take from the queue: what is posted is not stored.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_Server_that_may_not_subscribe_is_one_page()
    {
        RequireBrokerMetrics();
        await TellsAsync([Faults.RefuseConsumers(await BrokerAsync())], must: "NoConsumers", follows: null);
    }

    /// <summary>Nothing is then known of MySQL, and nobody may take that for health.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_exporter_of_MySQL_is_paged_as_a_dead_MySQL() =>
        await TellsAsync([Faults.Kill(Stack.Instance(WatchingRole.MySqlExporter))], must: "MySQLDown", follows: null);

    /// <summary>Its master goes on alone, which is not told besides: that can wait for the morning.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_replica_of_Redis_is_a_ticket_and_no_page() =>
        await TellsAsync([Faults.Kill(await ReplicaOfRedisAsync())], must: "RedisNodeDown", follows: null);

    /// <summary>Every node answers.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_replica_of_Redis_that_follows_nobody_is_a_ticket_and_no_page() =>
        await TellsAsync([Faults.Detach(await ReplicaOfRedisAsync())], must: "RedisMasterAlone", follows: null);

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_Redis_that_is_nearly_full_is_a_ticket_and_no_page() =>
        await TellsAsync([Faults.LimitMemory(await ReplicaOfRedisAsync())], must: "RedisMemory", follows: null);

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_message_that_is_no_buff_is_a_ticket_and_no_page()
    {
        RequireBrokerMetrics();
        await TellsAsync([Faults.SendNoBuff(await BrokerAsync())], must: "DeadLetters", follows: null);
    }

    /// <summary>Of three masters two are dead: none of the others may take their places, as no majority is left to agree.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_Redis_without_a_majority_is_one_page()
    {
        var masters = await Watch.Prometheus.InstancesAsync("redis_instance_info{role=\"master\"}", Cancellation);

        await TellsAsync(
            [.. Stack.Instances(InstanceRole.Redis).Where(node => masters.Contains(node.Name)).Take(2).Select(Faults.Kill)],
            must: "RedisClusterDown",
            follows: "RedisNodeDown"
        );
    }

    /// <summary>It answers, and nothing is stored: as after a fault of its own, of which it came back, where nobody was promoted.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_MySQL_that_takes_no_writes_is_one_page() =>
        await TellsAsync([Faults.RefuseWrites(await SourceAsync())], must: "MySQLNotOneWriter", follows: null);

    /// <summary>Buffs go on coming, none becomes a row, and lists are there. What comes waits, and so many may be a ticket before it is
    /// known that none is stored.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_table_that_nobody_can_write_is_one_page()
    {
        RequireBrokerMetrics();
        await using var traffic = new BuffTraffic(Platform, Marker.New("stalled"), clients: 2);

        await TellsAsync([Faults.LockWrites(await SourceAsync())], must: "PipelineStalled", follows: null, may: "Backlog");
    }

    /// <summary>What has waited is late when it is stored: the budget of that may be paged besides, as here a burst is thirty times as
    /// dense. And if the fault lasts for some seconds more than the ticket needs, none was stored for so long that this is paged.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task Buffs_that_wait_are_a_ticket()
    {
        RequireBrokerMetrics();
        await TellsAsync(
            [Faults.LetBuffsWait(await BrokerAsync(), await SourceAsync())],
            must: "Backlog",
            follows: null,
            may: ["BuffsLate", "PipelineStalled"]
        );
    }

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task Connections_of_MySQL_that_run_out_are_a_ticket_and_no_page() =>
        await TellsAsync([Faults.CrowdMySql(await SourceAsync())], must: "MySQLConnections", follows: null);

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_drill_that_has_not_succeeded_for_long_is_a_ticket_and_no_page() =>
        await TellsAsync([new StaleDrillsFault(Watch, Stack.Instance(WatchingRole.Pushgateway).Name)], must: "DrillStale", follows: null);

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_backup_that_nobody_has_restored_for_long_is_a_ticket_and_no_page() =>
        await TellsAsync(
            [new UnprovenBackupFault(Watch, Stack.Instance(WatchingRole.Pushgateway).Name)],
            must: "BackupUnproven",
            follows: null
        );

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task An_archive_of_binary_logs_that_falls_behind_is_a_page() =>
        await TellsAsync(
            [new BehindArchiveFault(Watch, Stack.Instance(WatchingRole.Pushgateway).Name)],
            must: "ArchiveBehind",
            follows: null
        );

    /// <summary>Nobody feels it yet.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_disk_that_is_nearly_full_is_a_ticket_and_no_page() =>
        await TellsAsync(
            [new FullFolderFault(Stack.Control, Stack.Instance(WatchingRole.NodeExporter))],
            must: "NodeDiskFull",
            follows: null
        );

    /// <summary>Nothing is seen from outside any more, and nothing says that it is bad.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_exporter_is_a_ticket_and_no_page() =>
        await TellsAsync([Faults.Kill(Stack.Instance(WatchingRole.BlackboxExporter))], must: "TargetDown", follows: null);

    private async Task<StackInstance> ReplicaOfRedisAsync()
    {
        var replicas = await Watch.Prometheus.InstancesAsync("redis_instance_info{role=\"slave\"}", Cancellation);
        return Stack.Instances(InstanceRole.Redis).First(node => replicas.Contains(node.Name));
    }

    private Task<StackInstance> BrokerAsync() => Stack.PrimaryAsync(InstanceRole.Broker, Cancellation);

    private Task<StackInstance> SourceAsync() => Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation);
}
