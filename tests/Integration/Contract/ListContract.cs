using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Verification.Tests.Integration.Contract;

/// <summary>Holds an answer to <c>GET /buffs</c> against the letter of the contract.</summary>
internal static partial class ListContract
{
    private static readonly string[] Keys = ["ID", "CreatedAt", "UpdatedAt", "DeletedAt", "question", "answers"];

    /// <summary>Where it deviates; whatever buffs it lists.</summary>
    public static IReadOnlyList<string> Deviations(ListAnswer answer)
    {
        try
        {
            return [.. Found(answer)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return [$"the body is not the JSON of the contract: {e.Message}"];
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rfc3339();

    /// <summary>The original answers text/plain; a charset, if one is named, is that of JSON.</summary>
    private static bool IsOfTheContract(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType?.ToLowerInvariant() is "application/json" or "text/plain"
        && type.CharSet?.Trim('"').ToLowerInvariant() is null or "utf-8";

    private static IEnumerable<string> Found(ListAnswer answer)
    {
        if (answer.Status != 200)
        {
            yield return $"{answer}, expected 200";
            yield break;
        }

        if (!IsOfTheContract(answer.ContentType))
            yield return $"content type '{answer.ContentType}', expected application/json or text/plain";

        using var document = JsonDocument.Parse(answer.Body);
        var buffs = document.RootElement.EnumerateArray().ToList();
        var previous = 0L;
        foreach (var buff in buffs)
        {
            var keys = buff.EnumerateObject().Select(property => property.Name).ToArray();
            if (!keys.SequenceEqual(Keys))
            {
                yield return $"keys [{string.Join(", ", keys)}], expected [{string.Join(", ", Keys)}]";
                yield break;
            }

            var id = buff.GetProperty("ID").GetInt64();
            if (id <= previous)
                yield return $"ID {id} after {previous}, expected ascending";
            previous = id;
            foreach (var time in new[] { "CreatedAt", "UpdatedAt" })
            {
                if (!Rfc3339().IsMatch(buff.GetProperty(time).GetString() ?? string.Empty))
                    yield return $"{time} {buff.GetProperty(time)} of ID {id}, expected RFC 3339 with up to three decimals";
            }

            var deleted = buff.GetProperty("DeletedAt").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal);
            if (deleted != """{"Time":"0001-01-01T00:00:00Z","Valid":false}""")
                yield return $"DeletedAt {deleted} of ID {id}";
            if (buff.GetProperty("question").ValueKind != JsonValueKind.String)
                yield return $"the question of ID {id} is no string";
            if (buff.GetProperty("answers").EnumerateArray().Any(option => option.ValueKind != JsonValueKind.String))
                yield return $"answers of ID {id} are not all strings";
        }
    }
}
