using System.Globalization;
using System.Text.Json.Nodes;
using Verification.Objectives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verification.Cluster.Manifests;

/// <summary>Reads manifests: YAML of any number of documents.</summary>
public static class ManifestReader
{
    /// <summary>Reads all files of a folder.</summary>
    /// <exception cref="DocumentException">One is no YAML.</exception>
    public static IReadOnlyList<Manifest> ReadFolder(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(file => Parse(File.ReadAllText(file), Path.GetRelativePath(folder, file).Replace('\\', '/'))),
        ];

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">How its place is named.</param>
    /// <exception cref="DocumentException">It is no YAML.</exception>
    public static IReadOnlyList<Manifest> Parse(string yaml, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return
            [
                .. stream
                    .Documents.Select(document => Value(document.RootNode))
                    .OfType<JsonObject>()
                    .Select(root => new Manifest(file, root)),
            ];
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }

    private static JsonNode? Value(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(each => KeyValuePair.Create(((YamlScalarNode)each.Key).Value!, Value(each.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Select(Value)]),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? string.Empty),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? string.Empty),
            _ => null,
        };

    private static JsonNode? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(
                whole
            ),
            _ => JsonValue.Create(text),
        };
}
