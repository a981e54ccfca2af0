using System.Text;
using System.Text.Json.Nodes;
using Verification.Cluster.Manifests;
using Verification.Stack;

namespace Verification.Cluster.Monitoring;

/// <summary>Holds what an environment deploys for those who watch against <c>config/</c>: each file of rules, each dashboard, and who hears
/// of what is deployed as it is, or <c>values.yaml</c> of the environment says that it is left out.</summary>
/// <param name="root">The project.</param>
public sealed class WatchedConfig(ProjectRoot root)
{
    /// <summary>What is not deployed as it is, a sentence each.</summary>
    /// <param name="set">All that is deployed in an environment.</param>
    public IReadOnlyList<string> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return [.. RuleFaults(set), .. DashboardFaults(set), .. ReceiverFaults(set), .. UnselectedFaults(set)];
    }

    private IEnumerable<string> RuleFaults(ManifestSet set)
    {
        var values = Path.Combine("environments", set.Environment, "values.yaml");
        var place = $"{values}, observability.without";
        var without = LeftOut(values);
        var files = Files("alerts", "*.yaml", string.Empty).Concat(Files(Path.Combine("slo", "rules"), "*.yaml", "slo-")).ToList();
        foreach (var (file, name) in files.Where(each => !without.Contains(Path.GetFileNameWithoutExtension(each.File))))
        {
            var deployed = set.OfKind("PrometheusRule").FirstOrDefault(rules => rules.Name == $"sportbuff-{name}");
            if (deployed is null)
                yield return $"{set.Environment}: {Shown(file)} is not deployed; deploy it, or name it in {place}";
            else if (
                !JsonNode.DeepEquals(
                    ManifestReader.Parse(File.ReadAllText(file), file)[0].Root.At("groups"),
                    deployed.Root.At("spec", "groups")
                )
            )
                yield return $"{set.Environment}, {deployed.File}: {deployed.Id} says something else than {Shown(file)}; take the file as it is";
        }

        foreach (var left in without.Where(name => files.All(each => Path.GetFileNameWithoutExtension(each.File) != name)))
            yield return $"{place}: there are no rules of the name {left}; take it away";
    }

    private IEnumerable<string> DashboardFaults(ManifestSet set) =>
        Files("dashboards", "*.json", string.Empty)
            .Where(each =>
                !set.OfKind("ConfigMap")
                    .Any(map =>
                        map.Root.TextsAt("metadata", "labels").ContainsKey("grafana_dashboard")
                        && map.Root.TextsAt("data").TryGetValue(Path.GetFileName(each.File), out var text)
                        && text == File.ReadAllText(each.File)
                    )
            )
            .Select(each =>
                $"{set.Environment}: {Shown(each.File)} is not deployed as it is, with the label that Grafana's sidecar looks for"
            );

    /// <summary>Where an Alertmanager is deployed, too, it has its configuration of a secret: in the clear, or as base64.</summary>
    private IEnumerable<string> ReceiverFaults(ManifestSet set)
    {
        const string Key = "alertmanager.yaml";
        var file = Path.Combine(root.Config, "alertmanager", "alertmanager.yml");
        return from secret in set.OfKind("Secret")
            let encoded = secret.Root.TextAt("data", Key)
            let text = encoded.Length > 0
                ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
                : secret.Root.TextAt("stringData", Key)
            where text.Length > 0 && text.Trim() != File.ReadAllText(file).Trim()
            select $"{set.Environment}, {secret.File}: {secret.Id} says something else than {Shown(file)}; take the file as it is";
    }

    /// <summary>Where a Prometheus is deployed, too, it selects what is deployed for it.</summary>
    private static IEnumerable<string> UnselectedFaults(ManifestSet set) =>
        from prometheus in set.OfKind("Prometheus")
        from kind in new[]
        {
            (Name: "ServiceMonitor", Selector: "serviceMonitorSelector"),
            (Name: "PodMonitor", Selector: "podMonitorSelector"),
            (Name: "Probe", Selector: "probeSelector"),
            (Name: "PrometheusRule", Selector: "ruleSelector"),
        }
        from manifest in set.OfKind(kind.Name)
        where !manifest.Root.TextsAt("metadata", "labels").Holds(prometheus.Root.TextsAt("spec", kind.Selector, "matchLabels"))
        select $"{set.Environment}, {manifest.File}: {manifest.Id} lacks the labels by which {prometheus.Id} selects it";

    private HashSet<string> LeftOut(string values) =>
        ManifestReader
            .Parse(File.ReadAllText(Path.Combine(root.Path, values)), values)[0]
            .Root.ListAt("observability", "without")
            .Select(name => $"{name}")
            .ToHashSet(StringComparer.Ordinal);

    private IEnumerable<(string File, string Name)> Files(string folder, string pattern, string prefix) =>
        Directory
            .EnumerateFiles(Path.Combine(root.Config, folder), pattern)
            .Order(StringComparer.Ordinal)
            .Select(file => (file, prefix + Path.GetFileNameWithoutExtension(file)));

    private string Shown(string file) => Path.GetRelativePath(root.Path, file);
}
