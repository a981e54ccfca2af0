using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>The Redis cluster is formed with a replica of each master at least, and has nodes enough for it: one that loses a node goes
/// on.</summary>
internal sealed partial class RedisHasReplicas : ManifestCheck
{
    /// <summary>Fewer masters are no cluster.</summary>
    private const int Masters = 3;

    /// <inheritdoc />
    public override string Name => "redis-replicas";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from pod in set.Pods
        where pod.Owner.Kind == "StatefulSet" && pod.Labels.GetValueOrDefault("app.kubernetes.io/name") == "redis"
        let replicas = ReplicasIn(set, set.NamespaceOf(pod.Owner))
        let wanted = Masters * (1 + Math.Max(replicas, 1))
        let nodes = set.LeastOf(pod) ?? 0
        where replicas < 1 || nodes < wanted
        select new ManifestFault(
            pod.Owner,
            $"has {nodes} nodes, formed with {replicas} replicas of each master",
            $"have {wanted} nodes at least, and form them by config/redis/form with 1 replica or more"
        );

    /// <summary>With how many replicas the cluster of a namespace is formed; none where nothing forms one.</summary>
    private static int ReplicasIn(ManifestSet set, string space) =>
        set
            .Pods.Where(pod => set.NamespaceOf(pod.Owner) == space)
            .SelectMany(pod => pod.Containers)
            .Select(container =>
                string.Join(' ', container.ListAt("command").Concat(container.ListAt("args")).Select(argument => argument.ToString()))
            )
            .Select(command => Form().Match(command))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups["replicas"].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty()
            .Min();

    [GeneratedRegex(@"redis/form (?<replicas>[0-9]{1,3})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
