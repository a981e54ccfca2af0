using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A namespace in which something claims volumes is backed up at least each day: its objects by a Schedule of Velero, or what its
/// MySQL holds by a cron job of <c>charts/backup</c>.</summary>
internal sealed class VolumesAreBackedUp : ManifestCheck
{
    private const string Every = "*";

    /// <summary>The jobs of <c>charts/backup</c> that make a backup; the others see to what there is.</summary>
    private static readonly string[] Jobs = ["physical", "logical"];

    /// <inheritdoc />
    public override string Name => "backed-up";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from manifest in set.Manifests
        where manifest.Kind is not ("CustomResourceDefinition" or "PersistentVolume" or "StorageClass") && Claims(manifest.Root)
        let space = set.NamespaceOf(manifest)
        where !set.OfKind("Schedule").Any(schedule => Keeps(schedule, space)) && !set.OfKind("CronJob").Any(job => Keeps(set, job, space))
        select new ManifestFault(
            manifest,
            $"claims volumes in the namespace {space}, which nothing backs up each day",
            "name the namespace in a Schedule of Velero (objectBackups), or have jobs of charts/backup there"
        );

    /// <summary>Operators make claims of what stands anywhere in an object of theirs.</summary>
    private static bool Claims(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.ContainsKey("storageClassName") || map.Any(entry => Claims(entry.Value)),
            JsonArray list => list.Any(Claims),
            _ => false,
        };

    private static bool Keeps(Manifest schedule, string space) =>
        schedule.Root.TextAt("spec", "paused") != "true"
        && IsDaily(schedule.Root.TextAt("spec", "schedule"))
        && schedule.Root.ListAt("spec", "template", "includedNamespaces").Any(each => each.ToString() is Every || each.ToString() == space)
        && schedule.Root.ListAt("spec", "template", "excludedNamespaces").All(each => each.ToString() != space);

    private static bool Keeps(ManifestSet set, Manifest job, string space) =>
        set.NamespaceOf(job) == space
        && job.Root.TextAt("spec", "suspend") != "true"
        && IsDaily(job.Root.TextAt("spec", "schedule"))
        && PodTemplate.Of(job) is { } pod
        && pod.Labels.GetValueOrDefault("app.kubernetes.io/name") == "backup"
        && Jobs.Contains(pod.Labels.GetValueOrDefault("app.kubernetes.io/component", string.Empty));

    /// <summary>Minute and hour may be any; day, month and day of the week are each one.</summary>
    private static bool IsDaily(string cron) => cron.Split(' ') is [_, _, Every, Every, Every];
}
