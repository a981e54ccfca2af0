using Verification.Platform;

namespace Verification.Tests.Observability.Alerting;

/// <summary>What only a pair of MySQL can have.</summary>
public sealed class PairFaultTests(PlatformFixture platform) : FaultedScenario(platform)
{
    /// <summary>The replica is read-only, and nobody promotes it.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_source_is_one_page()
    {
        var (source, _) = await PairAsync();

        await TellsAsync([Faults.Kill(source)], must: "MySQLNotOneWriter", follows: "SyntheticFailed");
    }

    /// <summary>The source waits for one: what is posted is not stored.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_source_that_waits_for_its_replica_is_one_page()
    {
        var (_, replica) = await PairAsync();
        // By what it can't send on it notices that the replica is gone.
        await using var traffic = new BuffTraffic(Platform, Marker.New("awaited"), clients: 2);

        await TellsAsync([Faults.StopReplica(replica)], must: "ReplicaAwaited", follows: null);
    }

    /// <summary>It receives, so that the source goes on: nobody feels it before it is to be promoted.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_replica_that_applies_nothing_is_a_ticket_and_no_page()
    {
        var (_, replica) = await PairAsync();

        await TellsAsync([Faults.StopApplier(replica)], must: "ReplicaLate", follows: null);
    }

    /// <summary>MySQL is as it should be, and its exporter says so.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_proxy_that_leads_nobody_to_a_source_that_is_there_is_one_page()
    {
        var (source, _) = await PairAsync();

        await TellsAsync([Faults.LockCheck(source)], must: "ProxyBackendDown", follows: "SyntheticFailed");
    }

    /// <summary>Nobody who lists or posts feels it.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task One_dead_broker_of_two_is_a_ticket_and_no_page()
    {
        RequireBrokerMetrics();
        await PairAsync();
        var active = await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation);

        await TellsAsync(
            [Faults.Kill(Stack.Instances(InstanceRole.Broker).First(broker => broker != active))],
            must: "TargetDown",
            follows: null
        );
    }

    private async Task<(StackInstance Source, StackInstance Replica)> PairAsync()
    {
        Unavailable(
            Stack.Instances(InstanceRole.Mysql).Count() == 2
                ? null
                : $"it needs pairs (topology ha), and the stack has the topology {Stack.Description.Topology}",
            isAllowed: true
        );
        var source = await Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation);
        return (source, Stack.Instances(InstanceRole.Mysql).Single(server => server != source));
    }
}
