using System.Text.Json;
using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What no policy may allow, whichever resource has it in whichever attribute.</summary>
public static class PolicyRules
{
    /// <summary>The statements that allow something on every resource, by <c>Sid</c>, each with the reason: AWS offers nothing
    /// narrower.</summary>
    private static readonly Dictionary<string, string> Everywhere = new(StringComparer.Ordinal)
    {
        ["SeesGroups"] = "what describes groups, instances and images knows no narrower resource",
    };

    /// <summary>The statements that allow something to everybody, by <c>Sid</c>, each with the reason.</summary>
    private static readonly Dictionary<string, string> ToEverybody = new(StringComparer.Ordinal)
    {
        ["LayersOfImages"] = "the layers of images are fetched by links that the registry has signed",
        ["TakesOwnRoles"] = "who shows a token of the cluster to be given a role has none yet",
    };

    /// <summary>A way to a service within a network: it lets through, and grants nothing.</summary>
    private const string Way = "aws_vpc_endpoint";

    /// <summary>Who may remove what is written to a bucket, by the end of the resource's address: what keeps backups by their age does it
    /// apart from who makes them.</summary>
    private const string Removing = "[\"backup-retention\"]";

    /// <summary>What anybody may remove who wrote it: restic's own locks, and uploads of binary logs that are open.</summary>
    private static readonly string[] Passing = ["/locks/*", "/tail/*"];

    /// <summary>Every statement that allows too much, and how many there are in all.</summary>
    /// <param name="resources">The resources of a state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(IReadOnlyList<DescribedResource> resources)
    {
        var statements = resources
            .SelectMany(resource => Policies(resource.Values).SelectMany(Statements).Select(statement => (resource, statement)))
            .ToList();
        return (
            [
                .. statements.SelectMany(each =>
                    Faults(each.resource, each.statement).Select(fault => $"{each.resource.Address}: {Text(each.statement, "Sid")} {fault}")
                ),
            ],
            statements.Count
        );
    }

    private static IEnumerable<string> Faults(DescribedResource resource, JsonElement statement)
    {
        // One that denies keeps out: the more, the better.
        if (Text(statement, "Effect") != "Allow")
            yield break;
        if (Texts(statement, "Action").FirstOrDefault(action => action.Contains('*', StringComparison.Ordinal)) is { } action)
            yield return $"allows {action}";
        if (
            statement.TryGetProperty("NotAction", out _)
            || statement.TryGetProperty("NotResource", out _)
            || statement.TryGetProperty("NotPrincipal", out _)
        )
            yield return "allows all but what it names";
        if (
            (
                Texts(statement, "Principal").Contains("*", StringComparer.Ordinal)
                || (
                    statement.TryGetProperty("Principal", out var principal)
                    && principal.ValueKind == JsonValueKind.Object
                    && Texts(principal, "AWS").Contains("*", StringComparer.Ordinal)
                )
            ) && !(resource.Type == Way && ToEverybody.ContainsKey(Text(statement, "Sid")))
        )
            yield return "allows it to everybody";
        if (
            resource.Type != Way
            && Texts(statement, "Action").Any(action => action.StartsWith("s3:Delete", StringComparison.Ordinal))
            && !resource.Address.EndsWith(Removing, StringComparison.Ordinal)
            && Texts(statement, "Resource").Any(target => !Passing.Any(end => target.EndsWith(end, StringComparison.Ordinal)))
        )
            yield return "removes what is written, which backup-retention alone may";
        // In the policy of a key, every resource is that key.
        if (
            resource.Type != "aws_kms_key"
            && Texts(statement, "Resource").Contains("*", StringComparer.Ordinal)
            && !Everywhere.ContainsKey(Text(statement, "Sid"))
        )
            yield return "allows it on every resource, and is on no list that says why";
    }

    /// <summary>Whatever text within a value is a policy.</summary>
    private static IEnumerable<JsonElement> Policies(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Policies(property.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Policies),
            JsonValueKind.String
                when value.GetString() is { } text && text.StartsWith('{') && text.Contains("\"Statement\"", StringComparison.Ordinal) =>
            [
                Parsed(text),
            ],
            _ => [],
        };

    private static IEnumerable<JsonElement> Statements(JsonElement policy) =>
        policy.GetProperty("Statement") is { ValueKind: JsonValueKind.Array } several
            ? several.EnumerateArray()
            : [policy.GetProperty("Statement")];

    private static JsonElement Parsed(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement statement, string name) => Texts(statement, name).FirstOrDefault() ?? string.Empty;

    private static IEnumerable<string> Texts(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => [value.GetString()!],
                JsonValueKind.Array => value.EnumerateArray().Select(each => each.GetString()!),
                _ => [],
            }
            : [];
}
