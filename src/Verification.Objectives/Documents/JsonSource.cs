using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;

namespace Verification.Objectives;

/// <summary>Reads JSON (RFC 8259) and where each of its parts stands; a key that stands twice is an error.</summary>
internal sealed class JsonSource
{
    private const int MaxDepth = 64;
    private readonly string file;
    private readonly byte[] text;
    private readonly int firstLine;
    private readonly Dictionary<string, Mark> marks;
    private readonly List<int> lineStarts = [0];

    private JsonSource(string file, byte[] text, int firstLine, Dictionary<string, Mark> marks)
    {
        this.file = file;
        this.text = text;
        this.firstLine = firstLine;
        this.marks = marks;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == (byte)'\n')
                lineStarts.Add(index + 1);
        }
    }

    /// <summary>Reads one JSON text; its places, named as in <see cref="Document.ErrorAt"/>, are added to the marks.</summary>
    /// <exception cref="DocumentException">It is not JSON.</exception>
    public static JToken Parse(string json, string file, int firstLine, Dictionary<string, Mark> marks)
    {
        var text = Encoding.UTF8.GetBytes(json);
        return new JsonSource(file, text, firstLine, marks).Root();
    }

    private JToken Root()
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var root = Value(ref reader, string.Empty);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var line = firstLine + (int)(e.LineNumber ?? 0);
            throw new DocumentException(
                file,
                line,
                (int)(e.BytePositionInLine ?? 0) + 1,
                "is not JSON here: " + e.Message.Split(" LineNumber:")[0]
            );
        }
        catch (InvalidOperationException e)
        {
            throw Error(reader.TokenStartIndex, "is not JSON here: " + e.Message);
        }
    }

    private JToken Value(ref Utf8JsonReader reader, string path)
    {
        marks[path] = At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Members(ref reader, path),
            JsonTokenType.StartArray => Items(ref reader, path),
            JsonTokenType.String => new JValue(reader.GetString()),
            JsonTokenType.True => new JValue(true),
            JsonTokenType.False => new JValue(false),
            JsonTokenType.Number => Number(ref reader),
            _ => JValue.CreateNull(),
        };
    }

    private JValue Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return new JValue(whole);
        return reader.GetDouble() is var number && double.IsFinite(number)
            ? new JValue(number)
            : throw Error(reader.TokenStartIndex, "this number is too large.");
    }

    private JObject Members(ref Utf8JsonReader reader, string path)
    {
        var members = new JObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var key = reader.TokenStartIndex;
            if (members.ContainsKey(name))
                throw Error(key, $"key '{name}' stands here a second time; remove one.");
            reader.Read();
            var child = path.Length == 0 ? name : $"{path}.{name}";
            members[name] = Value(ref reader, child);
            marks[$"{child}#key"] = At(key);
        }

        return members;
    }

    private JArray Items(ref Utf8JsonReader reader, string path)
    {
        var items = new JArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, $"{path}[{items.Count}]"));
        return items;
    }

    private Mark At(long offset)
    {
        var found = lineStarts.BinarySearch((int)offset);
        var line = found >= 0 ? found : ~found - 1;
        var column = Encoding.UTF8.GetCharCount(text.AsSpan(lineStarts[line], (int)offset - lineStarts[line]));
        return new Mark(offset, line + 1, column + 1);
    }

    private DocumentException Error(long offset, string problem)
    {
        var mark = At(offset);
        return new DocumentException(file, (int)mark.Line + firstLine - 1, (int)mark.Column, problem);
    }
}
