namespace Verification.Cluster.Manifests.Checks;

/// <summary>What production rests on stands in the rendered configuration: utf8mb4, one row of a message, a source that waits for its
/// replica, an anycast queue that nobody creates by accident, a bounded cache.</summary>
internal sealed class BehaviourIsDeployed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "behaviour";

    private static readonly (string File, string Text)[] Wanted =
    [
        ("1-behaviour.cnf", "character-set-server = utf8mb4"),
        ("1-behaviour.cnf", "innodb-flush-log-at-trx-commit = 1"),
        ("3-replication.cnf", "super-read-only = ON"),
        ("3-replication.cnf", "rpl-semi-sync-source-wait-no-replica = ON"),
        ("my.cnf", "character-set-server = utf8mb4"),
        ("my.cnf", "innodb-flush-log-at-trx-commit = 1"),
        ("my.cnf", "super-read-only = ON"),
        ("my.cnf", "rpl-semi-sync-source-wait-no-replica = ON"),
        ("schema.sql", "DEFAULT CHARACTER SET utf8mb4"),
        ("schema.sql", "message_key VARCHAR(255) COLLATE utf8mb4_0900_bin NULL UNIQUE"),
        ("redis.conf", "maxmemory 64mb"),
        ("redis-default.conf", "maxmemory 64mb"),
        ("broker.xml", "<default-address-routing-type>ANYCAST</default-address-routing-type>"),
        ("broker.xml", "<default-queue-routing-type>ANYCAST</default-queue-routing-type>"),
        ("broker.xml", "<auto-create-queues>false</auto-create-queues>"),
        ("broker.xml", "<dead-letter-address>DLQ.buffs</dead-letter-address>"),
    ];

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        Wanted
            .SelectMany(
                wanted => set.OfKind("ConfigMap").Where(map => map.Root.TextsAt("data").ContainsKey(wanted.File)),
                (wanted, map) => (wanted, map)
            )
            .Where(each => !each.map.Root.TextsAt("data")[each.wanted.File].Contains(each.wanted.Text, StringComparison.Ordinal))
            .Select(each => new ManifestFault(each.map, $"has {each.wanted.File} without '{each.wanted.Text}'", "take config/ as it is"));
}
