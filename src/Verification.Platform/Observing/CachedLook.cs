using System.Text.Json;

namespace Verification.Platform;

/// <summary>What the key of the cached list holds. In which form is the Server's own affair: it is read where it is that of a
/// listing.</summary>
/// <param name="Told">That in a few words.</param>
/// <param name="Questions">The questions of the cached list; null where none is cached, or none could be read.</param>
public sealed record CachedLook(string Told, IReadOnlySet<string>? Questions)
{
    /// <summary>No list is cached.</summary>
    internal static readonly CachedLook Nothing = new("no list is cached", null);

    /// <inheritdoc />
    public override string ToString() => Told;

    /// <summary>Reads a value of Redis; null where there is no such key.</summary>
    internal static CachedLook Of(byte[]? value)
    {
        if (value is null)
            return Nothing;
        try
        {
            using var list = JsonDocument.Parse(value);
            if (list.RootElement.ValueKind == JsonValueKind.Array)
                return Of(list.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Told below.
        }

        return new CachedLook("what is cached is no list in the form of a listing", null);
    }

    private static CachedLook Of(JsonElement list)
    {
        var questions = list.EnumerateArray().Select(QuestionOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new CachedLook($"a list of {list.GetArrayLength()} buffs is cached", questions);
    }

    private static string? QuestionOf(JsonElement buff) =>
        buff.ValueKind == JsonValueKind.Object
        && buff.TryGetProperty("question", out var question)
        && question.ValueKind == JsonValueKind.String
            ? question.GetString()
            : null;
}
