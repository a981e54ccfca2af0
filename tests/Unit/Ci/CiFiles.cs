using Verification.Tests.Unit.Objectives;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Ci;

/// <summary>The files of this checkout that continuous integration reads.</summary>
internal static class CiFiles
{
    public static string Action { get; } = Path.Combine(Files.Root, "action.yml");

    /// <summary>What jobs of this repository begin with.</summary>
    public static string Prepare { get; } = Path.Combine(Files.Root, ".github", "actions", "prepare", "action.yml");

    /// <summary>What jobs of this repository end with.</summary>
    public static string Keep { get; } = Path.Combine(Files.Root, ".github", "actions", "keep", "action.yml");

    /// <summary>The file of an action of this repository, as a step names it; null for another.</summary>
    public static string? ActionOf(string? uses) =>
        uses switch
        {
            "./" => Action,
            "./.github/actions/prepare" => Prepare,
            "./.github/actions/keep" => Keep,
            _ => null,
        };

    public static string Gitlab { get; } = Path.Combine(Files.Root, ".gitlab-ci.yml");

    /// <summary>The job that the README tells to copy.</summary>
    public static string CopiedJob { get; } = Path.Combine(Files.Root, "docs", "gate-job.yml");

    public static IReadOnlyList<string> Workflows { get; } =
    [.. Directory.EnumerateFiles(Path.Combine(Files.Root, ".github", "workflows"), "*.yml").Order(StringComparer.Ordinal)];

    /// <summary>The mapping that a YAML file is.</summary>
    public static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(file);
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public static YamlNode? Find(this YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public static string? Text(this YamlNode node, string key) => (node.Find(key) as YamlScalarNode)?.Value;

    public static IEnumerable<string> Keys(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value!) : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list.Children : [];

    /// <summary>Names and values of a mapping of texts; none where there is none.</summary>
    public static Dictionary<string, string> Texts(this YamlNode? node) =>
        node is YamlMappingNode mapping
            ? mapping.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value ?? "")
            : [];
}
