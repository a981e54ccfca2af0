using System.Text.Json;

namespace Verification.Infrastructure.Terraform;

/// <summary>A line of what Terraform says with <c>-json</c> (its machine-readable user interface).</summary>
/// <param name="Type">What it tells of: <c>apply_complete</c>, <c>diagnostic</c>, <c>test_run</c>, …</param>
/// <param name="Message">What a person reads of it.</param>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Content">All of it.</param>
public sealed record TerraformLine(string Type, string Message, bool IsError, JsonElement Content)
{
    /// <summary>Reads the lines of an output; what is no such line is left out.</summary>
    public static IReadOnlyList<TerraformLine> Of(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return [.. output.Split('\n').Select(Read).OfType<TerraformLine>()];
    }

    /// <summary>What an error says: the resource, the summary, the first line of the detail.</summary>
    public string Error
    {
        get
        {
            if (!Content.TryGetProperty("diagnostic", out var diagnostic))
                return Message;
            var address = Text(diagnostic, "address");
            var detail = Text(diagnostic, "detail").Split('\n')[0];
            return $"{(address.Length > 0 ? $"{address}: " : string.Empty)}{Text(diagnostic, "summary")}{(detail.Length > 0 ? $" ({detail})" : string.Empty)}";
        }
    }

    /// <summary>A text within the content; empty where there is none.</summary>
    /// <param name="path">The names of the properties on the way to it.</param>
    public string TextAt(params IReadOnlyList<string> path)
    {
        var here = Content;
        foreach (var name in path)
        {
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
                return string.Empty;
        }

        return here.ValueKind == JsonValueKind.String ? here.GetString()! : string.Empty;
    }

    private static TerraformLine? Read(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var content = document.RootElement.Clone();
            return new TerraformLine(Text(content, "type"), Text(content, "@message"), Text(content, "@level") == "error", content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
