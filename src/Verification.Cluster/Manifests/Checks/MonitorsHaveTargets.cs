namespace Verification.Cluster.Manifests.Checks;

/// <summary>Who is to be asked for metrics is deployed, and has the port that is asked: what selects nothing tells nothing, and nobody
/// hears of that.</summary>
internal sealed class MonitorsHaveTargets : ManifestCheck
{
    private const string Modules = "config.yml";

    /// <inheritdoc />
    public override string Name => "monitor-target";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.Monitors.SelectMany(monitor => monitor.IsProbe ? ProbeFaults(monitor.Manifest, set) : FaultsOf(monitor, set));

    private static IEnumerable<ManifestFault> FaultsOf(ScrapeMonitor monitor, ManifestSet set)
    {
        if (monitor.Wanted.Count == 0)
            yield break;
        var selected = monitor.SelectedIn(set);
        if (selected.Count == 0)
            yield return new ManifestFault(
                monitor.Manifest,
                "selects nothing that is deployed",
                "let its selector be among the labels of a Service, or of a template of pods, in the namespaces that it names"
            );
        foreach (
            var port in monitor
                .Endpoints.Select(endpoint => endpoint.TextAt("port") is { Length: > 0 } named ? named : endpoint.TextAt("targetPort"))
                .Where(port => selected.Count > 0 && !selected.Any(each => each.Ports.Contains(port)))
        )
            yield return new ManifestFault(
                monitor.Manifest,
                $"asks the port '{port}', which nothing has that it selects",
                "name a port of what it selects"
            );
    }

    /// <summary>Whether what lies outside the cluster is there, no manifest says.</summary>
    private static IEnumerable<ManifestFault> ProbeFaults(Manifest probe, ManifestSet set)
    {
        var prober = probe.Root.TextAt("spec", "prober", "url");
        if (!Uri.TryCreate($"http://{prober}", UriKind.Absolute, out var asks) || ServiceAddress.Leads(set, asks) != true)
            yield return new ManifestFault(
                probe,
                $"has {prober} ask, which is no Service that is deployed",
                "name host and port of the Service of an exporter"
            );
        foreach (
            var target in probe
                .Root.ListAt("spec", "targets", "staticConfig", "static")
                .Select(target => target.ToString())
                .Where(target => !Uri.TryCreate(target, UriKind.Absolute, out var asked) || ServiceAddress.Leads(set, asked) == false)
        )
            yield return new ManifestFault(
                probe,
                $"has {target} asked for, which is no Service that is deployed",
                "name a Service as http://NAME.NAMESPACE, or an address outside"
            );
        var module = probe.Root.TextAt("spec", "module");
        if (!set.OfKind("ConfigMap").Any(map => Has(map.Root.TextAt("data", Modules), module)))
            yield return new ManifestFault(
                probe,
                $"asks by the module '{module}', which no exporter is configured to have",
                "name a module of config/blackbox-exporter"
            );
    }

    private static bool Has(string configuration, string module) =>
        configuration.Length > 0 && ManifestReader.Parse(configuration, Modules).Any(each => each.Root.At("modules", module) is not null);
}
