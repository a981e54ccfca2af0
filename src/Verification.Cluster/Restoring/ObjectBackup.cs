using System.Text.Json.Nodes;
using k8s;
using Verification.Cluster.Manifests;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Restoring;

/// <summary>What Velero does with the objects of the platform: it backs them up as its Schedule says, and makes them again.</summary>
public sealed class ObjectBackup
{
    private const string Group = "velero.io";
    private const string Version = "v1";
    private const string OfSchedule = "velero.io/schedule-name";
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(120);
    private static readonly string[] Ends = ["Completed", "PartiallyFailed", "Failed", "FailedValidation", "FinalizingPartiallyFailed"];
    private readonly IKubernetes cluster;
    private readonly string space;
    private readonly string schedule;
    private readonly JsonNode template;

    private ObjectBackup(IKubernetes cluster, string space, string schedule, JsonNode template) =>
        (this.cluster, this.space, this.schedule, this.template) = (cluster, space, schedule, template);

    /// <summary>That of a cluster that has one Schedule: what is deployed says where it is.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It has none, or several.</exception>
    public static async Task<ObjectBackup> FindAsync(IKubernetes cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var listed = JsonNode.Parse(
            $"{await cluster.CustomObjects.ListClusterCustomObjectAsync(Group, Version, "schedules", cancellationToken: cancellationToken).ConfigureAwait(false)}"
        );
        var schedule = listed.ListAt("items").Single();
        return new ObjectBackup(
            cluster,
            schedule.TextAt("metadata", "namespace"),
            schedule.TextAt("metadata", "name"),
            schedule.At("spec", "template")!
        );
    }

    /// <summary>Makes a backup now, as the Schedule makes one (<c>velero backup create --from-schedule</c>): to Velero it is one of
    /// it.</summary>
    /// <param name="name">Name of the backup.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many objects it has.</returns>
    /// <exception cref="StateNotSeenException">It was not complete within 2 min; or it failed, with what Velero says of that.</exception>
    public async Task<int> MakeAsync(string name, CancellationToken cancellationToken)
    {
        var labels = new JsonObject { [OfSchedule] = schedule };
        var made = await DoAsync("Backup", "backups", name, labels, template.DeepClone(), cancellationToken).ConfigureAwait(false);
        return int.TryParse(made.TextAt("status", "progress", "itemsBackedUp"), out var objects) ? objects : 0;
    }

    /// <summary>Makes all objects of a backup again that are not there; volumes are, and are not its own.</summary>
    /// <param name="backup">Name of the backup.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It was not complete within 2 min; or it failed, with what Velero says of that.</exception>
    public Task RestoreAsync(string backup, CancellationToken cancellationToken) =>
        DoAsync(
            "Restore",
            "restores",
            backup,
            new JsonObject(),
            new JsonObject { ["backupName"] = backup, ["includeClusterResources"] = false },
            cancellationToken
        );

    private async Task<JsonNode> DoAsync(
        string kind,
        string plural,
        string name,
        JsonObject labels,
        JsonNode spec,
        CancellationToken cancellationToken
    )
    {
        var wanted = new JsonObject
        {
            ["apiVersion"] = $"{Group}/{Version}",
            ["kind"] = kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = space,
                ["labels"] = labels,
            },
            ["spec"] = spec,
        };
        await cluster
            .CustomObjects.CreateNamespacedCustomObjectAsync(wanted, Group, Version, space, plural, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var ended = await Eventually
            .SeeAsync(
                $"{kind} {name} has ended",
                DoneWithin,
                ct => ReadAsync(plural, name, ct),
                seen => Ends.Contains(PhaseOf(seen)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return PhaseOf(ended) == "Completed"
            ? ended
            : throw new StateNotSeenException($"{kind} {name} is complete", DoneWithin, $"{ended.At("status")?.ToJsonString()}", null);
    }

    private static string PhaseOf(JsonNode seen) => seen.TextAt("status", "phase");

    private async Task<JsonNode> ReadAsync(string plural, string name, CancellationToken cancellationToken) =>
        JsonNode.Parse(
            $"{await cluster.CustomObjects.GetNamespacedCustomObjectAsync(Group, Version, space, plural, name, cancellationToken).ConfigureAwait(false)}"
        )!;
}
