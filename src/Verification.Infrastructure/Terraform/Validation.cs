using System.Text.Json;

namespace Verification.Infrastructure.Terraform;

/// <summary>Reads what <c>terraform validate -json</c> says: one document, not lines.</summary>
public static class Validation
{
    /// <summary>The first error of it, with its place.</summary>
    public static string FirstError(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var error = document
                .RootElement.GetProperty("diagnostics")
                .EnumerateArray()
                .First(each => each.GetProperty("severity").GetString() == "error");
            var place = error.TryGetProperty("range", out var range)
                ? $"{range.GetProperty("filename").GetString()}:{range.GetProperty("start").GetProperty("line").GetInt32()}: "
                : string.Empty;
            return $"{place}{error.GetProperty("summary").GetString()} ({error.GetProperty("detail").GetString()?.Split('\n')[0]})";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return output.Trim();
        }
    }
}
