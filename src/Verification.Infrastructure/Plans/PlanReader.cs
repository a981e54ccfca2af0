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
        return document.RootElement.TryGetProperty("resource_changes", out var changes)
            ? [.. changes.EnumerateArray().Select(Read).Where(change => change.Actions.Except(Nothing).Any())]
            : [];
    }

    private static PlannedChange Read(JsonElement resource)
    {
        var change = resource.GetProperty("change");
        IReadOnlyList<string> actions = [.. change.GetProperty("actions").EnumerateArray().Select(action => action.GetString()!)];
        var paths = new List<(string Name, bool IsUnknown)>();
        if (change.GetProperty("before").ValueKind == JsonValueKind.Object && change.GetProperty("after").ValueKind == JsonValueKind.Object)
            Compare(change.GetProperty("before"), change.GetProperty("after"), change.GetProperty("after_unknown"), string.Empty, paths);
        // What is made anew has a new name, address and state: these follow, and are not why.
        var reasons = paths
            .Where(path => actions is ["update"] || !path.IsUnknown)
            .Select(path => path.Name)
            .Distinct(StringComparer.Ordinal);
        return new PlannedChange(
            resource.GetProperty("address").GetString()!,
            resource.GetProperty("type").GetString()!,
            actions,
            [.. reasons]
        );
    }

    /// <summary>The paths at which two values differ, or at which the second is known only after an apply.</summary>
    private static void Compare(
        JsonElement before,
        JsonElement after,
        JsonElement unknown,
        string path,
        List<(string Name, bool IsUnknown)> paths
    )
    {
        if (unknown.ValueKind == JsonValueKind.True)
        {
            paths.Add((path, true));
        }
        else if (
            before.ValueKind == JsonValueKind.Object
            && (after.ValueKind == JsonValueKind.Object || unknown.ValueKind == JsonValueKind.Object)
        )
        {
            foreach (var name in new[] { before, after, unknown }.SelectMany(Names).Distinct(StringComparer.Ordinal))
                Compare(Part(before, name), Part(after, name), Part(unknown, name), Join(path, name), paths);
        }
        else if (
            before.ValueKind == JsonValueKind.Array
            && after.ValueKind == JsonValueKind.Array
            && before.GetArrayLength() == after.GetArrayLength()
        )
        {
            for (var index = 0; index < before.GetArrayLength(); index++)
                Compare(before[index], after[index], Part(unknown, index), Join(path, $"{index}"), paths);
        }
        else if (!JsonElement.DeepEquals(before, after) && !(IsEmpty(before) && IsEmpty(after)))
        {
            paths.Add((path, false));
        }
    }

    private static IEnumerable<string> Names(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(property => property.Name) : [];

    // A provider does not tell nothing from an empty list.
    private static bool IsEmpty(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Object => !element.EnumerateObject().Any(),
            JsonValueKind.Array => element.GetArrayLength() == 0,
            _ => false,
        };

    private static JsonElement Part(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) ? part : Null;

    private static JsonElement Part(JsonElement whole, int index) =>
        whole.ValueKind == JsonValueKind.Array && index < whole.GetArrayLength() ? whole[index] : Null;

    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
