using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Verification.Cluster.Manifests;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Monitoring;

/// <summary>The monitors and rules of the platform that a namespace of a cluster holds, and what the Prometheus Operator has made of
/// it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="space">The namespace.</param>
public sealed class DeclaredMonitors(IKubernetes cluster, string space)
{
    private const string Group = "monitoring.coreos.com";
    private const string Version = "v1";
    private const string Ours = "app.kubernetes.io/part-of=sportbuff";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly (string Plural, string Pool)[] Kinds =
    [
        ("servicemonitors", "serviceMonitor"),
        ("podmonitors", "podMonitor"),
        ("probes", "probe"),
    ];
    private static readonly string[] Made = ["prometheuses", "alertmanagers"];
    private static readonly string[] Conditions = ["Available", "Reconciled"];

    /// <summary>What the name of a monitor's targets begins with in Prometheus (<c>scrapePool</c>), for each monitor.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<string>> PoolsAsync(CancellationToken cancellationToken)
    {
        var pools = new List<string>();
        foreach (var (plural, pool) in Kinds)
            pools.AddRange(
                (await ListAsync(plural, cancellationToken).ConfigureAwait(false)).Select(monitor =>
                    $"{pool}/{space}/{monitor.TextAt("metadata", "name")}"
                )
            );
        return pools;
    }

    /// <summary>The rules.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DeclaredRule>> RulesAsync(CancellationToken cancellationToken) =>
        [
            .. (await ListAsync("prometheusrules", cancellationToken).ConfigureAwait(false))
                .SelectMany(rules => rules.ListAt("spec", "groups"))
                .SelectMany(group => group.ListAt("rules"))
                .Select(rule => new DeclaredRule(
                    rule.TextAt("alert") is { Length: > 0 } alert ? alert : rule.TextAt("record"),
                    rule.TextAt("expr"),
                    rule.TextAt("for"),
                    rule.TextAt("keep_firing_for")
                )),
        ];

    /// <summary>Waits until Prometheus and Alertmanager run as they are declared now.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">They do not within 2 min.</exception>
    public async Task AwaitMadeAsync(CancellationToken cancellationToken) =>
        await Eventually
            .SeeAsync(
                "the operator has made Prometheus and Alertmanager as they are declared",
                ReadyWithin,
                UnmadeAsync,
                unmade => unmade.Length == 0,
                cancellationToken
            )
            .ConfigureAwait(false);

    private async Task<string> UnmadeAsync(CancellationToken cancellationToken)
    {
        var unmade = new List<string>();
        foreach (var plural in Made)
        {
            var list = await ListAsync(plural, cancellationToken).ConfigureAwait(false);
            if (list.Count == 0)
                unmade.Add($"there are no {plural}");
            unmade.AddRange(
                from made in list
                from type in Conditions
                where !IsSo(made, type)
                select $"{made.TextAt("kind")} {made.TextAt("metadata", "name")} is not {type}: {ReasonOf(made, type)}"
            );
        }

        // The operator is content with what it has told others to make: the pods of before may still be the ones that answer.
        var sets = await cluster.AppsV1.ListNamespacedStatefulSetAsync(space, cancellationToken: cancellationToken).ConfigureAwait(false);
        unmade.AddRange(sets.Items.Where(set => !IsRolledOut(set)).Select(set => $"{set.Name()} does not run in new pods alone"));
        return string.Join("; ", unmade);
    }

    internal static bool IsRolledOut(V1StatefulSet set) =>
        set.Status is { } status
        && status.ObservedGeneration == set.Metadata.Generation
        && status.CurrentRevision == status.UpdateRevision
        && status.ReadyReplicas == set.Spec.Replicas;

    private static bool IsSo(JsonNode made, string type) =>
        ConditionOf(made, type) is { } condition
        && condition.TextAt("status") == "True"
        && condition.TextAt("observedGeneration") == made.TextAt("metadata", "generation");

    private static string ReasonOf(JsonNode made, string type) =>
        ConditionOf(made, type) is { } condition
            ? $"{condition.TextAt("reason")} {condition.TextAt("message")}".Trim()
            : "it says nothing yet";

    private static JsonNode? ConditionOf(JsonNode made, string type) =>
        made.ListAt("status", "conditions").FirstOrDefault(condition => condition.TextAt("type") == type);

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string plural, CancellationToken cancellationToken) =>
        JsonNode
            .Parse(
                $"{await cluster.CustomObjects.ListNamespacedCustomObjectAsync(Group, Version, space, plural, labelSelector: Ours, cancellationToken: cancellationToken).ConfigureAwait(false)}"
            )
            .ListAt("items");
}
