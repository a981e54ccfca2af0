using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Verification.Cluster.Manifests;

/// <summary>The metrics that the JMX exporter tells, by its configuration.</summary>
internal static partial class JmxMetrics
{
    /// <summary>The key under which a ConfigMap holds it.</summary>
    private const string Key = "config.yaml";

    /// <summary>Their names, as the configurations say that are deployed.</summary>
    public static IReadOnlySet<string> In(ManifestSet set) =>
        set.OfKind("ConfigMap")
            .Select(map => map.Root.TextAt("data", Key))
            .Where(text => text.Length > 0)
            .SelectMany(text => ManifestReader.Parse(text, Key))
            .SelectMany(configuration => configuration.Root.ListAt("rules"))
            .SelectMany(NamesOf)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>A name for each choice that the pattern of a rule leaves: <c>$2</c> is its second group.</summary>
    private static IEnumerable<string> NamesOf(JsonNode rule) =>
        Group()
            .Matches(rule.TextAt("pattern"))
            .Select(match => match.Groups["choice"].Value.Split('|'))
            .Index()
            .Aggregate(
                (IReadOnlyList<string>)[rule.TextAt("name")],
                (names, group) =>
                    [
                        .. names.SelectMany(name =>
                            group.Item.Select(choice => name.Replace($"${group.Index + 1}", choice, StringComparison.Ordinal))
                        ),
                    ]
            )
            .Where(name => name.Length > 0);

    [GeneratedRegex(@"\((?!\?)(?<choice>[^()]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Group();
}
