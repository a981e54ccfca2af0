using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>Reads and writes <c>run.json</c> and <c>verdict.json</c>.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options)
                ?? throw new DocumentException(path, 0, 0, "is empty.");
        }
        catch (JsonException e)
        {
            throw new DocumentException(path, (int)(e.LineNumber + 1 ?? 0), (int)(e.BytePositionInLine + 1 ?? 0), e.Message);
        }
    }

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("expected an object, found null");

    /// <summary>Writes a file as a whole: a reader sees the old one or the new one.</summary>
    public static void Write<T>(string path, T value) => WriteText(path, JsonSerializer.Serialize(value, Options) + "\n");

    public static void WriteText(string path, string text)
    {
        var beside = path + ".new";
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
    }
}
