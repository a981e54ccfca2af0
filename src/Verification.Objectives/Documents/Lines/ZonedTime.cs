using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>A time that says its zone: without one it would be read in that of the machine.</summary>
internal sealed class ZonedTime : JsonConverter<DateTimeOffset>
{
    private const int OffsetLength = 6;

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SaysZone(reader.GetString()!) && reader.TryGetDateTimeOffset(out var time)
            ? time
            : throw new JsonException("expected a time such as 2026-11-24T08:30:15Z.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    private static bool SaysZone(string text) =>
        text.IndexOf('T', StringComparison.Ordinal) is > 0 and var time
        && (text.EndsWith('Z') || (time < text.Length - OffsetLength && text[^OffsetLength] is '+' or '-'));
}
