using Verification.Chaos.Faults;
using Verification.Stack.Components.Watching;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Each fault with the alert that must tell of it. What is not named here and pages all the same fails.</summary>
public sealed class FaultTests(PlatformFixture platform) : FaultedScenario(platform)
{
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_Server_is_one_page() => await TellsAsync(Faults.Kill(Stack.Instance(InstanceRole.Server)), must: "ServerDown", follows: "SyntheticFailed");

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_Dashboard_is_one_page() => await TellsAsync(Faults.Kill(Stack.Instance(InstanceRole.Dashboard)), must: "DashboardDown", follows: "SyntheticFailed");

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_broker_is_one_page()
    {
        RequireBrokerMetrics();
        await TellsAsync(Faults.Kill(Stack.Instance(InstanceRole.Broker)), must: "BrokerNotOne", follows: "SyntheticFailed");
    }

    /// <summary>Nothing is then known of MySQL, and nobody may take that for health.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_exporter_of_MySQL_is_paged_as_a_dead_MySQL() => await TellsAsync(Faults.Kill(Stack.Instance(WatchingRole.MySqlExporter)), must: "MySQLDown", follows: null);

    /// <summary>Its master goes on alone: that can wait for the morning.</summary>
    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_dead_replica_of_Redis_is_a_ticket_and_no_page()
    {
        var replicas = await Watch.Prometheus.InstancesAsync("redis_instance_info{role=\"slave\"}", Cancellation);

        await TellsAsync(Faults.Kill(Stack.Instances(InstanceRole.Redis).First(node => replicas.Contains(node.Name))), must: "RedisNodeDown", follows: null);
    }

    [Fact]
    [Objective("alerts.fire")]
    [Objective("alerts.only")]
    [Objective("alerts.resolve")]
    public async Task A_message_that_is_no_buff_is_a_ticket_and_no_page()
    {
        RequireBrokerMetrics();
        await TellsAsync(Faults.SendNoBuff(), must: "DeadLetters", follows: null);
    }

    private async Task TellsAsync(IFault fault, string must, string? follows)
    {
        var told = await GoThroughAsync(fault, must, follows);

        Decide(told.Comes("alerts.fire"), told.Alone("alerts.only"), told.Ends("alerts.resolve"));
    }
}
