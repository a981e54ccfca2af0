using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>What says whom a Prometheus asks: a ServiceMonitor, a PodMonitor or a Probe.</summary>
/// <param name="Manifest">The monitor.</param>
public sealed record ScrapeMonitor(Manifest Manifest)
{
    private const string OfServices = "ServiceMonitor";
    private const string OfPods = "PodMonitor";
    private const string OfAddresses = "Probe";
    private const string Job = "job";

    /// <summary>Whether it names addresses, and selects nothing.</summary>
    public bool IsProbe => Manifest.Kind == OfAddresses;

    /// <summary>The labels by which it selects; none where it names addresses, or selects by expressions alone.</summary>
    public IReadOnlyDictionary<string, string> Wanted => Manifest.Root.TextsAt("spec", "selector", "matchLabels");

    /// <summary>What is asked of each that it selects.</summary>
    public IReadOnlyList<JsonNode> Endpoints => Manifest.Root.ListAt("spec", Manifest.Kind == OfPods ? "podMetricsEndpoints" : "endpoints");

    /// <summary>Reads one; null where the manifest is none.</summary>
    public static ScrapeMonitor? Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Kind is OfServices or OfPods or OfAddresses ? new ScrapeMonitor(manifest) : null;
    }

    /// <summary>Those of what is deployed that it selects.</summary>
    public IReadOnlyList<MonitoredObject> SelectedIn(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var candidates = Manifest.Kind switch
        {
            OfServices => set.OfKind("Service").Select(MonitoredObject.OfService),
            OfPods => set.Pods.Select(pod => MonitoredObject.OfPods(pod, $"{Manifest.Namespace}/{Manifest.Name}")),
            _ => [],
        };
        return [.. candidates.Where(each => IsWithin(each.Namespace) && each.Labels.Holds(Wanted))];
    }

    /// <summary>The label <c>job</c> of what it has told, a name for each job.</summary>
    public IEnumerable<string> JobsIn(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return IsProbe ? [Manifest.Root.TextAt("spec", "jobName")] : Endpoints.SelectMany(endpoint => JobsOf(endpoint, set));
    }

    private IEnumerable<string> JobsOf(JsonNode endpoint, ManifestSet set)
    {
        var named = endpoint
            .ListAt("relabelings")
            .LastOrDefault(rule => rule.TextAt("targetLabel") == Job && rule.ListAt("sourceLabels").Count == 0);
        if (named is not null)
            return [named.TextAt("replacement")];
        var label = Manifest.Root.TextAt("spec", "jobLabel");
        var selected = SelectedIn(set);
        // What an operator makes stands in no manifest: it has the labels by which it is selected.
        return selected.Count > 0
            ? selected.Select(each => each.Labels.GetValueOrDefault(label) ?? each.Name)
            : Wanted.Where(each => each.Key == label).Select(each => each.Value);
    }

    private bool IsWithin(string space)
    {
        var selector = Manifest.Root.At("spec", "namespaceSelector");
        var names = selector.ListAt("matchNames").Select(name => name.ToString()).ToList();
        return selector.TextAt("any") == "true" || (names.Count > 0 ? names.Contains(space) : space == Manifest.Namespace);
    }
}
