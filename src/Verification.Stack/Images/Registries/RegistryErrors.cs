using System.Text.Json;

namespace Verification.Stack.Images.Registries;

/// <summary>The sentences in an error of a registry: it answers <c>{"errors": [{"code": …, "message": …}]}</c>.</summary>
internal static class RegistryErrors
{
    private const int Longest = 200;

    /// <summary>The sentences; the begin of the answer where it is another one.</summary>
    public static string Of(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array
            )
                return string.Join(
                    "; ",
                    errors
                        .EnumerateArray()
                        .Select(error => error.TryGetProperty("message", out var message) ? message.GetString() : null)
                        .OfType<string>()
                );
        }
        catch (JsonException)
        {
            // No registry's answer: a proxy's, perhaps.
        }

        var line = body.ReplaceLineEndings(" ").Trim();
        return line.Length > Longest ? line[..Longest] + "…" : line;
    }
}
