using Verification.Cluster.Manifests;
using Verification.Cluster.Manifests.Checks;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What production rests on is looked for in what the pods mount, and it is seen where nothing has it.</summary>
public sealed class BehaviourTests
{
    private const string Sound = """
        kind: StatefulSet
        metadata: {name: mysql, namespace: space}
        spec: {template: {metadata: {labels: {app.kubernetes.io/name: mysql}}, spec: {volumes: [{configMap: {name: mysql}}]}}}
        ---
        kind: ConfigMap
        metadata: {name: mysql, namespace: space}
        data:
          a.cnf: |
            character-set-server = utf8mb4
            innodb-flush-log-at-trx-commit = 1
          b.cnf: |
            super-read-only = ON
            rpl-semi-sync-source-wait-no-replica = ON
        ---
        kind: StatefulSet
        metadata: {name: artemis, namespace: space}
        spec: {template: {metadata: {labels: {app.kubernetes.io/name: artemis}}, spec: {volumes: [{projected: {sources: [{configMap: {name: artemis}}]}}]}}}
        ---
        kind: ConfigMap
        metadata: {name: artemis, namespace: space}
        data:
          broker.xml: |
            <address name="buffs">
              <anycast>
                <queue name="buffs">
                </queue>
              </anycast>
            </address>
            <default-address-routing-type>ANYCAST</default-address-routing-type>
            <default-queue-routing-type>ANYCAST</default-queue-routing-type>
            <auto-create-addresses>false</auto-create-addresses>
            <auto-create-queues>false</auto-create-queues>
            <auto-delete-addresses>false</auto-delete-addresses>
            <auto-delete-queues>false</auto-delete-queues>
            <dead-letter-address>DLQ.buffs</dead-letter-address>
        ---
        kind: Deployment
        metadata: {name: server, namespace: space}
        spec: {template: {metadata: {labels: {app.kubernetes.io/name: server}}, spec: {containers: [{env: [{name: DBHOST, value: mysql}, {name: MQHOST, value: artemis}]}]}}}
        """;

    [Fact]
    public void What_all_pods_mount_is_enough() => Assert.Empty(Faults(Sound));

    [Theory]
    [InlineData("character-set-server = utf8mb4", "character-set-server = latin1", "StatefulSet/mysql")]
    [InlineData("super-read-only = ON", "super-read-only = OFF", "StatefulSet/mysql")]
    [InlineData("<auto-create-addresses>false", "<auto-create-addresses>true", "StatefulSet/artemis")]
    [InlineData("<auto-delete-queues>false", "<auto-delete-queues>true", "StatefulSet/artemis")]
    [InlineData("<anycast>", "<multicast>", "StatefulSet/artemis")]
    [InlineData("configMap: {name: artemis}", "configMap: {name: artemis-state}", "StatefulSet/artemis")]
    [InlineData(
        "metadata: {name: artemis, namespace: space}\ndata",
        "metadata: {name: artemis, namespace: other}\ndata",
        "StatefulSet/artemis"
    )]
    [InlineData("app.kubernetes.io/name: artemis", "app.kubernetes.io/name: broker", "Deployment/server")]
    public void What_is_missing_is_told_of_whoever_runs_without_it(string part, string instead, string holder)
    {
        Assert.Contains(part, Sound, StringComparison.Ordinal);

        Assert.Contains(Faults(Sound.Replace(part, instead, StringComparison.Ordinal)), fault => fault.Manifest.Id == holder);
    }

    [Theory]
    [InlineData("b-1.mq.eu-central-1.amazonaws.com", true, 0)]
    [InlineData("artemis.space.svc.cluster.local", true, 1)]
    [InlineData("artemis", false, 0)]
    public void What_is_outside_or_left_out_need_not_be_there(string host, bool whole, int faults) =>
        Assert.Equal(
            faults,
            Faults(
                Sound
                    .Replace("app.kubernetes.io/name: artemis", "app.kubernetes.io/name: broker", StringComparison.Ordinal)
                    .Replace("value: artemis", $"value: {host}", StringComparison.Ordinal),
                whole
            ).Count
        );

    private static List<ManifestFault> Faults(string yaml, bool whole = true) =>
        [
            .. new BehaviourIsDeployed().FaultsOf(
                new ManifestSet("production", ManifestReader.Parse(yaml, "behaviour.yaml")) { IsWhole = whole }
            ),
        ];
}
