namespace Verification.Cluster.Manifests.Checks;

/// <summary>What production rests on stands in the configuration that pods mount: utf8mb4, one row of a message, a source that waits for
/// its replica, an anycast queue that nobody creates or deletes by accident, a bounded cache. What the services reach within the cluster
/// is there to have it.</summary>
internal sealed class BehaviourIsDeployed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "behaviour";

    /// <summary>By the name of the pods, and by the variable that tells the services where they are: what their configuration says,
    /// whatever white space is between.</summary>
    private static readonly (string Pods, string Variable, string[] Texts)[] Wanted =
    [
        (
            "mysql",
            "DBHOST",
            [
                "character-set-server = utf8mb4",
                "innodb-flush-log-at-trx-commit = 1",
                "super-read-only = ON",
                "rpl-semi-sync-source-wait-no-replica = ON",
            ]
        ),
        ("redis", "REDISHOSTS", ["maxmemory 64mb"]),
        (
            "artemis",
            "MQHOST",
            [
                """<address name="buffs"> <anycast> <queue name="buffs">""",
                "<default-address-routing-type>ANYCAST</default-address-routing-type>",
                "<default-queue-routing-type>ANYCAST</default-queue-routing-type>",
                "<auto-create-addresses>false</auto-create-addresses>",
                "<auto-create-queues>false</auto-create-queues>",
                "<auto-delete-addresses>false</auto-delete-addresses>",
                "<auto-delete-queues>false</auto-delete-queues>",
                "<dead-letter-address>DLQ.buffs</dead-letter-address>",
            ]
        ),
        // What makes the table: no service is told where it is.
        ("schema", string.Empty, ["DEFAULT CHARACTER SET utf8mb4", "message_key VARCHAR(255) COLLATE utf8mb4_0900_bin NULL UNIQUE"]),
    ];

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) => Missing(set).Concat(Others(set));

    private static IEnumerable<ManifestFault> Missing(ManifestSet set) =>
        from wanted in Wanted
        where set.IsWhole && !set.Pods.Any(pod => IsOf(pod, wanted.Pods))
        from pod in set.Pods
        let hosts = pod
            .Containers.SelectMany(container => container.ListAt("env"))
            .Where(variable => variable.TextAt("name") == wanted.Variable)
            .Select(variable => variable.TextAt("value"))
            .FirstOrDefault(string.Empty)
        where hosts.Length > 0 && !ClusterHosts.LieOutside(hosts)
        select new ManifestFault(
            pod.Owner,
            $"reaches {wanted.Variable}, {hosts}, and no pods of the name {wanted.Pods} are deployed",
            "deploy them, labelled app.kubernetes.io/name, with the configuration of config/"
        );

    private static IEnumerable<ManifestFault> Others(ManifestSet set) =>
        from wanted in Wanted
        from pod in set.Pods
        where IsOf(pod, wanted.Pods)
        let configuration = OneSpaced(ConfigurationOf(pod, set))
        from text in wanted.Texts
        where !configuration.Contains(text, StringComparison.Ordinal)
        select new ManifestFault(pod.Owner, $"mounts no configuration with '{text}'", "take config/ as it is");

    private static bool IsOf(PodTemplate pod, string name) => pod.Labels.GetValueOrDefault("app.kubernetes.io/name") == name;

    /// <summary>All that stands in the ConfigMaps that a pod mounts.</summary>
    private static string ConfigurationOf(PodTemplate pod, ManifestSet set)
    {
        var mounted = pod
            .Spec.ListAt("volumes")
            .SelectMany(volume => volume.ListAt("projected", "sources").Append(volume))
            .Select(source => source.TextAt("configMap", "name"))
            .ToHashSet(StringComparer.Ordinal);
        return string.Join(
            '\n',
            set.OfKind("ConfigMap")
                .Where(map => mounted.Contains(map.Name) && set.NamespaceOf(map) == set.NamespaceOf(pod.Owner))
                .SelectMany(map => map.Root.TextsAt("data").Values)
        );
    }

    private static string OneSpaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
