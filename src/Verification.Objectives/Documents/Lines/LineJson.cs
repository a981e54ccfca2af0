using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>A record as one line of JSON and back, as strictly as the schema of the line, without it.</summary>
internal static class LineJson
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    // What a thread writes its lines in, so that no line makes garbage.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? json;

    /// <summary>The line of a record, with its end; valid until this thread makes the next. What is null is left out.</summary>
    /// <exception cref="ArgumentException">It holds a number that is no figure.</exception>
    public static ReadOnlySpan<byte> Write<T>(T record)
    {
        bytes ??= new ArrayBufferWriter<byte>();
        json ??= new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Options.Encoder });
        bytes.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, record, Options);
        json.Flush();
        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }

    /// <summary>The record of a line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    /// <exception cref="InvalidOperationException">It is not UTF-8.</exception>
    public static T Read<T>(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null is no record.");

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(DocumentReader.Json)
        {
            WriteIndented = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            RespectRequiredConstructorParameters = true,
        };
        options.Converters.Clear();
        options.Converters.Add(new ExactEnums());
        options.Converters.Add(new ZonedTime());
        return options;
    }
}
