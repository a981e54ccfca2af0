using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>Reads parts of a manifest that may not be there.</summary>
internal static class Nodes
{
    /// <summary>The part at a path; null where there is none.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
            node = (node as JsonObject)?[key];
        return node;
    }

    /// <summary>The text at a path; empty where there is none.</summary>
    public static string TextAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value ? value.ToString() : string.Empty;

    /// <summary>The list at a path; empty where there is none.</summary>
    public static IReadOnlyList<JsonNode> ListAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? [.. list.OfType<JsonNode>()] : [];

    /// <summary>The texts of a mapping at a path; empty where there is none.</summary>
    public static IReadOnlyDictionary<string, string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.ToDictionary(each => each.Key, each => each.Value?.ToString() ?? string.Empty, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether what is wanted stands among the labels.</summary>
    public static bool Holds(this IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> wanted) =>
        wanted.Count > 0 && wanted.All(each => labels.TryGetValue(each.Key, out var value) && value == each.Value);
}
