using System.Text.Json;

namespace Verification.Observability;

/// <summary>An expression as Prometheus has read it (<c>/api/v1/parse_query</c>).</summary>
internal static class ExpressionTree
{
    /// <summary>Each selector of it, written as an expression of its own, without range and offset: <c>up{job="server"}</c>.</summary>
    public static IEnumerable<string> SelectorsOf(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().SelectMany(SelectorsOf);
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        var type = node.TryGetProperty("type", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : null;
        return type is "vectorSelector" or "matrixSelector"
            ? [Written(node)]
            : node.EnumerateObject().SelectMany(property => SelectorsOf(property.Value));
    }

    private static string Written(JsonElement selector)
    {
        var matchers = selector
            .GetProperty("matchers")
            .EnumerateArray()
            .Where(matcher => matcher.GetProperty("name").GetString() != "__name__")
            .Select(matcher =>
                $"{matcher.GetProperty("name").GetString()}{matcher.GetProperty("type").GetString()}{JsonSerializer.Serialize(matcher.GetProperty("value").GetString(), Plain)}"
            );
        return $"{selector.GetProperty("name").GetString()}{{{string.Join(", ", matchers)}}}";
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
