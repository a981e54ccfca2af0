using System.Text.Json;

namespace Verification.Infrastructure.Plans;

/// <summary>Reads a plan as <c>terraform show -json</c> writes it (format version 1).</summary>
public static class PlanReader
{
    private static readonly string[] Nothing = ["no-op", "read"];

    /// <summary>What the plan would change.</summary>
    /// <param name="json">The plan.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<PlannedChange> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("resource_changes", out var changes) ? [.. changes.EnumerateArray().Select(Read).Where(change => change.Actions.Except(Nothing).Any())] : [];
    }

    private static PlannedChange Read(JsonElement resource)
    {
        var change = resource.GetProperty("change");
        IReadOnlyList<string> actions = [.. change.GetProperty("actions").EnumerateArray().Select(action => action.GetString()!)];
        var paths = new List<string>();
        if (actions is ["update"] or [_, _])
        {
            Compare(change.GetProperty("before"), change.GetProperty("after"), string.Empty, paths);
            Unknown(change.GetProperty("after_unknown"), string.Empty, paths);
        }

        return new PlannedChange(resource.GetProperty("address").GetString()!, resource.GetProperty("type").GetString()!, actions, [.. paths.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The paths at which two values differ.</summary>
    private static void Compare(JsonElement before, JsonElement after, string path, List<string> paths)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in before.EnumerateObject().Concat(after.EnumerateObject()).Select(property => property.Name).Distinct(StringComparer.Ordinal))
                Compare(Part(before, name), Part(after, name), Join(path, name), paths);
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array && before.GetArrayLength() == after.GetArrayLength())
        {
            for (var index = 0; index < before.GetArrayLength(); index++)
                Compare(before[index], after[index], Join(path, $"{index}"), paths);
        }
        else if (!JsonElement.DeepEquals(before, after))
        {
            paths.Add(path);
        }
    }

    /// <summary>The paths at which the value is known only after an apply.</summary>
    private static void Unknown(JsonElement unknown, string path, List<string> paths)
    {
        switch (unknown.ValueKind)
        {
            case JsonValueKind.True:
                paths.Add(path);
                break;
            case JsonValueKind.Object:
                foreach (var property in unknown.EnumerateObject())
                    Unknown(property.Value, Join(path, property.Name), paths);
                break;
            case JsonValueKind.Array:
                for (var index = 0; index < unknown.GetArrayLength(); index++)
                    Unknown(unknown[index], Join(path, $"{index}"), paths);
                break;
        }
    }

    private static JsonElement Part(JsonElement whole, string name) => whole.TryGetProperty(name, out var part) ? part : Null;

    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
