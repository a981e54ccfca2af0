using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>Names of enumerations in kebab case, letter by letter: the library's own converter also takes other cases and lists.</summary>
internal sealed class ExactEnums : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Names<>).MakeGenericType(typeToConvert))!;

    private sealed class Names<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly (T Value, JsonEncodedText Name)[] known =
        [
            .. Enum.GetValues<T>()
                .Select(value => (value, JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}")))),
        ];

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                foreach (var (value, name) in known)
                {
                    if (reader.ValueTextEquals(name.EncodedUtf8Bytes))
                        return value;
                }
            }

            throw new JsonException($"expected one of {string.Join(", ", known.Select(each => each.Name))}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            foreach (var (each, name) in known)
            {
                if (EqualityComparer<T>.Default.Equals(each, value))
                {
                    writer.WriteStringValue(name);
                    return;
                }
            }

            throw new JsonException($"{value} is no {typeof(T).Name}.");
        }
    }
}
