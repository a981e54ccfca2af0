using System.Text.Json;

namespace Verification.Infrastructure.Plans;

/// <summary>A resource as a plan or a state describes it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Type">Its type.</param>
/// <param name="Values">Its attributes; of a plan those alone that are known before it is applied.</param>
public sealed record DescribedResource(string Address, string Type, JsonElement Values)
{
    /// <summary>Reads what <c>terraform show -json</c> writes of a plan or a state.</summary>
    /// <param name="json">The plan or state.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<DescribedResource> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var found = new List<DescribedResource>();
        if (
            (root.TryGetProperty("planned_values", out var values) || root.TryGetProperty("values", out values))
            && values.TryGetProperty("root_module", out var module)
        )
            Collect(module, found);
        return found;
    }

    /// <summary>An attribute, by names and indices; undefined where it is not there.</summary>
    /// <param name="path">The way to it, such as <c>rule.0.default_retention.0.mode</c>.</param>
    public JsonElement At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var here = Values;
        foreach (var name in path.Split('.'))
        {
            if (here.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index < here.GetArrayLength())
                here = here[index];
            else if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here))
                return default;
        }

        return here;
    }

    /// <summary>An attribute as text; empty where it is not there or null.</summary>
    /// <inheritdoc cref="At"/>
    public string Text(string path) =>
        At(path) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? value.ToString() : string.Empty;

    private static void Collect(JsonElement module, List<DescribedResource> found)
    {
        if (module.TryGetProperty("resources", out var resources))
            found.AddRange(
                resources
                    .EnumerateArray()
                    .Where(IsManaged)
                    .Select(each => new DescribedResource(
                        each.GetProperty("address").GetString()!,
                        each.GetProperty("type").GetString()!,
                        each.GetProperty("values").Clone()
                    ))
            );
        if (!module.TryGetProperty("child_modules", out var children))
            return;
        foreach (var child in children.EnumerateArray())
            Collect(child, found);
    }

    // What is ephemeral is in a plan, and has no values there.
    private static bool IsManaged(JsonElement resource) =>
        resource.GetProperty("mode").GetString() == "managed" && resource.TryGetProperty("values", out _);
}
