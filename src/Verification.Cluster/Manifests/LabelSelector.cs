using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>What selects objects by their labels, as Kubernetes has it: <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
internal static class LabelSelector
{
    /// <summary>Whether it selects what has these labels; one that says nothing selects everything.</summary>
    public static bool Selects(this JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.TextsAt("matchLabels").All(each => labels.TryGetValue(each.Key, out var value) && value == each.Value)
        && selector.ListAt("matchExpressions").All(expression => Holds(expression, labels));

    private static bool Holds(JsonNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(expression.TextAt("key"), out var value);
        var isNamed = has && expression.ListAt("values").Any(each => each.ToString() == value);
        return expression.TextAt("operator") switch
        {
            "In" => isNamed,
            "NotIn" => !isNamed,
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
