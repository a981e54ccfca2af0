using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What keeps data lets in those that <c>environments/known.yaml</c> names for it, and nobody else, whatever labels he
/// has.</summary>
internal sealed class StoresAdmitTheirCallers : ManifestCheck
{
    /// <summary>Whatever a source does not name.</summary>
    private const string Anybody = "anybody";

    /// <summary>The labels by which pods are named: those of charts, and those that the operator of Elasticsearch gives.</summary>
    private static readonly string[] Keys = ["app.kubernetes.io/name", "common.k8s.elastic.co/type"];

    /// <inheritdoc />
    public override string Name => "known-caller";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from policy in set.OfKind("NetworkPolicy")
        from store in set.Known.Callers.Keys
        where IsOf(policy, store, set)
        let strangers = policy
            .Root.ListAt("spec", "ingress")
            .SelectMany(Admitted)
            .Where(caller => !set.Known.Callers[store].Contains(caller))
            .Distinct(StringComparer.Ordinal)
            .ToList()
        where strangers.Count > 0
        select new ManifestFault(
            policy,
            $"lets {string.Join(", ", strangers)} in to {store}",
            $"admit none but {string.Join(", ", set.Known.Callers[store].Order(StringComparer.Ordinal))}, or name who else may in callers of environments/known.yaml"
        );

    /// <summary>Whether a policy is of the pods of a store, which may have further labels than its name.</summary>
    private static bool IsOf(Manifest policy, string store, ManifestSet set)
    {
        var selector = policy.Root.At("spec", "podSelector");
        return Keys.Any(key => selector.Selects(new Dictionary<string, string>(StringComparer.Ordinal) { [key] = store }))
            || set.LabelsIn(set.NamespaceOf(policy))
                .Any(labels => Keys.Any(key => labels.GetValueOrDefault(key) == store) && selector.Selects(labels));
    }

    private static IEnumerable<string> Admitted(JsonNode way) =>
        way.ListAt("from") is { Count: > 0 } sources ? sources.SelectMany(Named) : [Anybody];

    /// <summary>Whom a source names: pods by their names, with the namespace where that is another one.</summary>
    private static IEnumerable<string> Named(JsonNode source)
    {
        var space = source.At("namespaceSelector") is { } selector ? selector.TextAt("matchLabels", "kubernetes.io/metadata.name") : null;
        var names = Keys.SelectMany(key => NamesOf(source.At("podSelector"), key)).ToList();
        return names.Count == 0 || space is "" ? [Anybody] : names.Select(name => space is null ? name : $"{space}/{name}");
    }

    private static IEnumerable<string> NamesOf(JsonNode? selector, string key) =>
        selector.TextAt("matchLabels", key) is { Length: > 0 } name
            ? [name]
            : selector
                .ListAt("matchExpressions")
                .Where(expression => expression.TextAt("key") == key && expression.TextAt("operator") == "In")
                .SelectMany(expression => expression.ListAt("values"))
                .Select(value => value.ToString());
}
