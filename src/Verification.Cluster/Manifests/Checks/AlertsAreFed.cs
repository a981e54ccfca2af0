using System.Text.RegularExpressions;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A job that a rule names is given by a monitor: else what it asks for is never told, and it is quiet, or pages without
/// end.</summary>
internal sealed partial class AlertsAreFed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "alert-job";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        var told = set.Monitors.SelectMany(monitor => monitor.JobsIn(set)).ToHashSet(StringComparer.Ordinal);
        return from rules in set.OfKind("PrometheusRule")
            from rule in rules.Root.ListAt("spec", "groups").SelectMany(each => each.ListAt("rules"))
            from job in Job().Matches(rule.TextAt("expr")).Select(match => match.Groups["job"].Value).Distinct(StringComparer.Ordinal)
            where !told.Contains(job)
            select new ManifestFault(
                rules,
                $"has {rule.TextAt("alert")}{rule.TextAt("record")} ask for the job {job}, which no monitor gives",
                "deploy a monitor of that job, or name the file of rules in observability.without of the environment"
            );
    }

    [GeneratedRegex(@"\bjob=""(?<job>[^""]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Job();
}
