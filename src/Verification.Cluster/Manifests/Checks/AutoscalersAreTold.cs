using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What is scaled by a query goes by a metric that an exporter tells, of a job that a monitor gives, and asks a Prometheus that is
/// there: of nothing KEDA makes no more pods.</summary>
internal sealed partial class AutoscalersAreTold : ManifestCheck
{
    private const string Fix =
        "let its query select a metric of config/jmx-exporter, and a job of a monitor, and serverAddress be the Service of Prometheus";

    /// <inheritdoc />
    public override string Name => "autoscaler-query";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        var jobs = set.Monitors.SelectMany(monitor => monitor.JobsIn(set)).ToHashSet(StringComparer.Ordinal);
        var metrics = JmxMetrics.In(set);
        return from scaler in set.OfKind("ScaledObject")
            from trigger in scaler.Root.ListAt("spec", "triggers")
            where trigger.TextAt("type") == "prometheus"
            from problem in UntoldBy(trigger.TextAt("metadata", "query"), metrics, jobs).Concat(UnaskedBy(trigger, set))
            select new ManifestFault(scaler, problem, Fix);
    }

    private static IEnumerable<string> UntoldBy(string query, IReadOnlySet<string> metrics, IReadOnlySet<string> jobs)
    {
        var selectors = Selector().Matches(query).ToList();
        if (selectors.Count == 0)
            yield return $"goes by '{query}', which selects no metric of a job";
        foreach (var groups in selectors.Select(selector => selector.Groups))
        {
            if (!metrics.Contains(groups["metric"].Value))
                yield return $"goes by {groups["metric"].Value}, which no exporter is configured to tell";
            if (!jobs.Contains(groups["job"].Value))
                yield return $"goes by {groups["metric"].Value} of the job {groups["job"].Value}, which no monitor gives";
        }
    }

    /// <summary>Where no Prometheus is deployed it is that of a chart of others, which may be left out.</summary>
    private static IEnumerable<string> UnaskedBy(JsonNode trigger, ManifestSet set)
    {
        var address = trigger.TextAt("metadata", "serverAddress");
        return
            set.OfKind("Prometheus").Any()
            && (!Uri.TryCreate(address, UriKind.Absolute, out var asked) || ServiceAddress.Leads(set, asked) == false)
            ? [$"asks {address}, which is no Service that is deployed"]
            : [];
    }

    [GeneratedRegex(
        @"\b(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{[^}]*\bjob=""(?<job>[^""]*)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Selector();
}
