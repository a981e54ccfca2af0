using System.Text.Json.Serialization;

namespace Verification.Platform;

/// <summary>A buff as the Server lists it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CreatedAt">RFC 3339.</param>
/// <param name="UpdatedAt">RFC 3339.</param>
/// <param name="Question">Its question.</param>
/// <param name="Answers">Its answers.</param>
public sealed record ListedBuff(
    [property: JsonPropertyName("ID")] long Id,
    [property: JsonPropertyName("CreatedAt")] string CreatedAt,
    [property: JsonPropertyName("UpdatedAt")] string UpdatedAt,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("answers")] IReadOnlyList<string> Answers
);
