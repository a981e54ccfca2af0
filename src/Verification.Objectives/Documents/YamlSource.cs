using System.Globalization;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verification.Objectives;

/// <summary>Reads YAML (1.2, core schema) and where each of its parts stands: one document, text keys, each key once.</summary>
internal static class YamlSource
{
    private const int MaxDepth = 64;

    /// <summary>Reads one YAML text; its places, named as in <see cref="Document.ErrorAt"/>, are added to the marks.</summary>
    /// <exception cref="DocumentException">It is not YAML of that kind.</exception>
    public static JToken Parse(string yaml, string file, int firstLine, Dictionary<string, Mark> marks)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 1
                ? Value(stream.Documents[0].RootNode, string.Empty, marks, 0)
                : throw new DocumentException(
                    file,
                    0,
                    0,
                    stream.Documents.Count == 0 ? "is empty." : "holds more than one document; expected one."
                );
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line + firstLine - 1, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }

    private static JToken Value(YamlNode node, string path, Dictionary<string, Mark> marks, int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(node.Start, node.End, $"nested deeper than {MaxDepth} levels, or an alias that holds itself.");
        marks[path] = node.Start;
        switch (node)
        {
            case YamlMappingNode mapping:
                var properties = new JObject();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                        throw new YamlException(key.Start, key.End, "a key must be a text.");
                    var child = path.Length == 0 ? name : $"{path}.{name}";
                    properties[name] = Value(value, child, marks, depth + 1);
                    // A key is named by its own place, its value by what the value holds.
                    marks[$"{child}#key"] = key.Start;
                }

                return properties;
            case YamlSequenceNode sequence:
                return new JArray(sequence.Children.Select((item, index) => Value(item, $"{path}[{index}]", marks, depth + 1)));
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    /// <summary>The core schema of YAML 1.2: plain scalars have types, quoted ones are strings.</summary>
    private static JValue Scalar(YamlScalarNode node)
    {
        var text = node.Value ?? string.Empty;
        if (node.Style != ScalarStyle.Plain)
            return new JValue(text);
        return text switch
        {
            "" or "~" or "null" => JValue.CreateNull(),
            "true" => new JValue(true),
            "false" => new JValue(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => new JValue(whole),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                new JValue(number),
            _ => new JValue(text),
        };
    }
}
