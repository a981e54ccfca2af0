using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verification.Objectives;

/// <summary>Reads a file of the project, YAML or JSON, strictly: against its schema in <c>schemas/</c>, each error with file, line and column.</summary>
public static class DocumentReader
{
    private static readonly Dictionary<string, JsonSchema> Schemas = [];
    private static readonly Lock SchemasLock = new();

    /// <summary>How records are written and read as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>How records are written as one line of JSON.</summary>
    public static JsonSerializerOptions JsonLine { get; } = new(Json) { WriteIndented = false };

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="schema">Name of its schema, for example <c>gates</c>.</param>
    /// <exception cref="DocumentException">It is not there, not readable, not YAML, or not of the schema.</exception>
    public static Document Read(string file, string schema)
    {
        try
        {
            return Parse(File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)), file, schema);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DocumentException(file, 0, 0, "there is no such file. Name one that exists.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DocumentException(file, 0, 0, $"cannot be read: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new DocumentException(file, 0, 0, "is not UTF-8 text.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">How its place is named in errors.</param>
    /// <param name="schema">Name of its schema.</param>
    /// <param name="firstLine">Number of the text's first line in the file.</param>
    /// <exception cref="DocumentException">It is not YAML or not of the schema.</exception>
    public static Document Parse(string text, string file, string schema, int firstLine = 1)
    {
        var marks = new Dictionary<string, Mark>(StringComparer.Ordinal);
        JToken root;
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            root = yaml.Documents.Count == 1
                ? Convert(yaml.Documents[0].RootNode, string.Empty, marks)
                : throw new DocumentException(file, 0, 0, yaml.Documents.Count == 0 ? "is empty." : "holds more than one document; expected one.");
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line + firstLine - 1, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }

        var document = new Document(file, root, marks, firstLine);
        if (First(SchemaOf(schema).Validate(root), document) is { } error)
            throw error;
        return document;
    }

    private static JToken Convert(YamlNode node, string path, Dictionary<string, Mark> marks)
    {
        marks[path] = node.Start;
        switch (node)
        {
            case YamlMappingNode mapping:
                var properties = new JObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = ((YamlScalarNode)key).Value ?? string.Empty;
                    var child = path.Length == 0 ? name : $"{path}.{name}";
                    properties[name] = Convert(value, child, marks);
                    // A key is named by its own place, its value by what the value holds.
                    marks[$"{child}#key"] = key.Start;
                }

                return properties;
            case YamlSequenceNode sequence:
                return new JArray(sequence.Children.Select((item, index) => Convert(item, $"{path}[{index}]", marks)));
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
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new JValue(number),
            _ => new JValue(text),
        };
    }

    private static JsonSchema SchemaOf(string name)
    {
        lock (SchemasLock)
        {
            if (Schemas.TryGetValue(name, out var known))
                return known;
            using var stream = typeof(DocumentReader).Assembly.GetManifestResourceStream($"{name}.schema.json")
                ?? throw new ArgumentException($"There is no schema '{name}'.", nameof(name));
            using var reader = new StreamReader(stream);
            return Schemas[name] = JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult();
        }
    }

    private static DocumentException? First(IEnumerable<ValidationError> errors, Document document) => errors
        .Select(error => Describe(error, document))
        .OrderBy(error => error.Line)
        .ThenBy(error => error.Column)
        .FirstOrDefault();

    private static DocumentException Describe(ValidationError error, Document document)
    {
        var path = (error.Path ?? string.Empty).TrimStart('#').TrimStart('/');
        var schema = error.Schema.ActualSchema;
        var value = document.Root.SelectTokenOrNull(path);
        switch (error.Kind)
        {
            case ValidationErrorKind.NoAdditionalPropertiesAllowed:
                var known = schema.ActualProperties.Keys.ToList();
                var name = error.Property ?? path;
                return document.ErrorAt($"{path}#key", $"unknown key '{name}'{Suggestion.For(name, known)}. Allowed: {string.Join(", ", known)}.");
            case ValidationErrorKind.PropertyRequired:
                var holder = path.Length > error.Property!.Length ? path[..^(error.Property.Length + 1)] : string.Empty;
                return document.ErrorAt(holder, $"{(holder.Length == 0 ? "the document" : $"'{holder}'")} misses the key '{error.Property}'.");
            case ValidationErrorKind.NotInEnumeration:
                var allowed = schema.Enumeration.Select(each => $"{each ?? "null"}").ToList();
                return document.ErrorAt(path, $"'{path}' is {Show(value)}{Suggestion.For($"{value}", allowed)}. Allowed: {string.Join(", ", allowed)}.");
            default:
                return document.ErrorAt(path, $"'{path}' is {Show(value)}; expected {Expected(schema)}.");
        }
    }

    private static string Expected(JsonSchema schema) => schema.Description is { Length: > 0 } described ? described
        : schema.Minimum is { } minimum ? $"a number of at least {minimum}"
        : schema.Type switch
        {
            JsonObjectType.Object => "a mapping of keys and values",
            JsonObjectType.Array => "a list",
            JsonObjectType.Boolean => "true or false",
            JsonObjectType.Integer => "a whole number",
            var other => $"a {other.ToString().ToLowerInvariant()}",
        };

    private static string Show(JToken? value) => value switch
    {
        null => "missing",
        JObject => "a mapping",
        JArray => "a list",
        JValue { Type: JTokenType.String } text => $"'{text}'",
        JValue { Type: JTokenType.Null } => "empty",
        _ => value.ToString(),
    };

    private static JToken? SelectTokenOrNull(this JToken root, string path)
    {
        // The schema library joins names with dots and writes indices in brackets; ids hold dots, too: follow the longest names first.
        if (path.Length == 0)
            return root;
        if (root is JObject properties)
        {
            foreach (var property in properties.Properties().OrderByDescending(property => property.Name.Length))
            {
                if (path == property.Name)
                    return property.Value;
                if (path.StartsWith(property.Name, StringComparison.Ordinal) && path[property.Name.Length] is '.' or '['
                    && property.Value.SelectTokenOrNull(path[property.Name.Length..].TrimStart('.')) is { } found)
                    return found;
            }
        }

        if (root is JArray items && path[0] == '[' && path.IndexOf(']', StringComparison.Ordinal) is > 1 and var end
            && int.TryParse(path[1..end], CultureInfo.InvariantCulture, out var index) && index < items.Count)
            return items[index].SelectTokenOrNull(path[(end + 1)..].TrimStart('.'));
        return null;
    }
}
