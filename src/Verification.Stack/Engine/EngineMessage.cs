using System.Text.Json;

namespace Verification.Stack.Engine;

/// <summary>The sentence in an error of the engine: it answers <c>{"message": "…"}</c>.</summary>
internal static class EngineMessage
{
    /// <summary>The sentence; the whole answer where it is another one.</summary>
    public static string Of(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message)
                ? message.GetString() ?? body
                : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
