using System.Text.Json;

namespace Verification.Infrastructure.Terraform;

/// <summary>Reads what <c>terraform validate -json</c> says: one document, not lines.</summary>
public static class Validation
{
    /// <summary>Every error of it, each with its place; what is no such document, and what names no error, as it stands.</summary>
    public static IReadOnlyList<string> ErrorsOf(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var errors = document
                .RootElement.GetProperty("diagnostics")
                .EnumerateArray()
                .Where(each => each.GetProperty("severity").GetString() == "error")
                .Select(Told)
                .ToList();
            return errors.Count > 0 ? errors : [output.Trim()];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [output.Trim()];
        }
    }

    private static string Told(JsonElement error)
    {
        var place = error.TryGetProperty("range", out var range)
            ? $"{range.GetProperty("filename").GetString()}:{range.GetProperty("start").GetProperty("line").GetInt32()}: "
            : string.Empty;
        return $"{place}{error.GetProperty("summary").GetString()} ({error.GetProperty("detail").GetString()?.Split('\n')[0]})";
    }
}
