using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using YamlDotNet.Core;

namespace Verification.Objectives;

/// <summary>Reads a file of the project, YAML or JSON, strictly: against its schema in <c>schemas/</c>, each error with file, line and
/// column.</summary>
public static partial class DocumentReader
{
    private const int MostShown = 200;

    private static readonly Dictionary<string, JsonSchema> Schemas = [];
    private static readonly Lock SchemasLock = new();
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How records are written and read as JSON.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        };

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="schema">Name of its schema, for example <c>gates</c>.</param>
    /// <exception cref="DocumentException">It is not there, not readable, not YAML, or not of the schema.</exception>
    public static Document Read(string file, string schema) =>
        Parse(TextOf(Reading(file, () => File.ReadAllBytes(file)), file), file, schema);

    /// <summary>Reads a text: JSON where the file's name ends in <c>.json</c> or <c>.jsonl</c>, YAML otherwise.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">How its place is named in errors.</param>
    /// <param name="schema">Name of its schema.</param>
    /// <param name="firstLine">Number of the text's first line in the file.</param>
    /// <exception cref="DocumentException">It is not YAML or JSON, or not of the schema.</exception>
    public static Document Parse(string text, string file, string schema, int firstLine = 1) =>
        Path.GetExtension(file) is ".json" or ".jsonl"
            ? ParseJson(text, file, schema, firstLine)
            : Checked(YamlSource.Parse, text, file, schema, firstLine);

    internal static Document ParseJson(string text, string file, string schema, int firstLine) =>
        Checked(JsonSource.Parse, text, file, schema, firstLine);

    /// <summary>Opens a file to be read while others write it.</summary>
    /// <exception cref="DocumentException">It is not there or cannot be read.</exception>
    internal static FileStream Open(string file) =>
        Reading(file, () => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <summary>Reads the next bytes of a file; 0 at its end.</summary>
    /// <exception cref="DocumentException">It cannot be read.</exception>
    internal static int Fill(FileStream source, Memory<byte> buffer, string file) => Reading(file, () => source.Read(buffer.Span));

    private static T Reading<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DocumentException(file, 0, 0, "there is no such file. Name one that exists.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DocumentException(file, 0, 0, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Bytes of a file as text, without a byte order mark.</summary>
    /// <exception cref="DocumentException">They are not UTF-8.</exception>
    internal static string TextOf(ReadOnlySpan<byte> bytes, string file, int firstLine = 1)
    {
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            var before = text[..e.Index];
            throw new DocumentException(
                file,
                before.Count((byte)'\n') + firstLine,
                e.Index - before.LastIndexOf((byte)'\n'),
                "is not UTF-8 text here."
            );
        }
    }

    private static Document Checked(
        Func<string, string, int, Dictionary<string, Mark>, JToken> parse,
        string text,
        string file,
        string schema,
        int firstLine
    )
    {
        var marks = new Dictionary<string, Mark>(StringComparer.Ordinal);
        var root = parse(text, file, firstLine, marks);
        var document = new Document(file, root, marks, firstLine);
        if (First(SchemaOf(schema).Validate(root), document) is { } error)
            throw error;
        return document;
    }

    private static JsonSchema SchemaOf(string name)
    {
        lock (SchemasLock)
        {
            if (Schemas.TryGetValue(name, out var known))
                return known;
            using var stream =
                typeof(DocumentReader).Assembly.GetManifestResourceStream($"{name}.schema.json")
                ?? throw new ArgumentException($"There is no schema '{name}'.", nameof(name));
            using var reader = new StreamReader(stream);
            return Schemas[name] = JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult();
        }
    }

    private static DocumentException? First(IEnumerable<ValidationError> errors, Document document) =>
        errors
            .SelectMany(Innermost)
            .Select(error => (error.Kind, Error: Describe(error, document)))
            // A misspelt key is also a missing one: the misspelling says more.
            .OrderBy(each => each.Kind != ValidationErrorKind.NoAdditionalPropertiesAllowed)
            .ThenBy(each => each.Error.Line)
            .ThenBy(each => each.Error.Column)
            .Select(each => each.Error)
            .FirstOrDefault();

    /// <summary>What is wrong within an entry of a map or list, instead of that the entry is wrong.</summary>
    private static IEnumerable<ValidationError> Innermost(ValidationError error)
    {
        var inner = (error as ChildSchemaValidationError)
            ?.Errors.Values.SelectMany(errors => errors)
            // Where null is one of two choices, what was written is not null.
            .Where(each => each.Kind != ValidationErrorKind.NullExpected)
            .ToList();
        return inner is { Count: > 0 } ? inner.SelectMany(Innermost) : [error];
    }

    private static DocumentException Describe(ValidationError error, Document document)
    {
        // Names that hold dots stand as ['a.b'] in the schema library's paths.
        var path = QuotedName().Replace((error.Path ?? string.Empty).TrimStart('#').TrimStart('/'), ".${name}").TrimStart('.');
        var schema = error.Schema.ActualSchema;
        var value = document.Root.SelectTokenOrNull(path);
        var subject = path.Length == 0 ? "the document" : $"'{path}'";
        switch (error.Kind)
        {
            case ValidationErrorKind.NoAdditionalPropertiesAllowed:
                var known = schema.ActualProperties.Keys.ToList();
                var name = error.Property ?? path;
                return document.ErrorAt(
                    $"{path}#key",
                    $"unknown key '{name}'{Suggestion.For(name, known)} Allowed: {string.Join(", ", known)}."
                );
            case ValidationErrorKind.PropertyRequired:
                var holder = path.Length > error.Property!.Length ? path[..^(error.Property.Length + 1)] : string.Empty;
                return document.ErrorAt(
                    holder,
                    $"{(holder.Length == 0 ? "the document" : $"'{holder}'")} misses the key '{error.Property}'."
                );
            case ValidationErrorKind.NotInEnumeration:
                var allowed = schema.Enumeration.Select(each => $"{each ?? "null"}").ToList();
                return document.ErrorAt(
                    path,
                    $"{subject} is {Show(value)}{Suggestion.For($"{value}", allowed)} Allowed: {string.Join(", ", allowed)}."
                );
            default:
                return document.ErrorAt(path, $"{subject} is {Show(value)}; expected {Expected(schema)}.");
        }
    }

    [GeneratedRegex(
        @"\['(?<name>(\\.|[^'\\])*)'\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex QuotedName();

    private static string Expected(JsonSchema schema) =>
        schema.Description is { Length: > 0 } described ? described
        : schema.Minimum is { } minimum ? $"a number of at least {minimum}"
        : schema.Type switch
        {
            JsonObjectType.Object => "a mapping of keys and values",
            JsonObjectType.Array => "a list",
            JsonObjectType.Boolean => "true or false",
            JsonObjectType.Integer => "a whole number",
            var other => $"a {other.ToString().ToLowerInvariant().Replace(", ", " or ", StringComparison.Ordinal)}",
        };

    private static string Shown(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}…";

    private static string Show(JToken? value) =>
        value switch
        {
            null => "missing",
            JObject => "a mapping",
            JArray => "a list",
            JValue { Type: JTokenType.String } text => $"'{Shown(text.ToString(CultureInfo.InvariantCulture))}'",
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
                if (
                    path.StartsWith(property.Name, StringComparison.Ordinal)
                    && path[property.Name.Length] is '.' or '['
                    && property.Value.SelectTokenOrNull(path[property.Name.Length..].TrimStart('.')) is { } found
                )
                    return found;
            }
        }

        if (
            root is JArray items
            && path[0] == '['
            && path.IndexOf(']', StringComparison.Ordinal) is > 1 and var end
            && int.TryParse(path[1..end], CultureInfo.InvariantCulture, out var index)
            && index < items.Count
        )
            return items[index].SelectTokenOrNull(path[(end + 1)..].TrimStart('.'));
        return null;
    }
}
