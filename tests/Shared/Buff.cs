using System.Text.Json.Serialization;

namespace Verification.Tests;

/// <summary>A question as the Server lists it.</summary>
public sealed record Buff(
    [property: JsonPropertyName("ID")] long Id,
    [property: JsonPropertyName("CreatedAt")] string CreatedAt,
    [property: JsonPropertyName("UpdatedAt")] string UpdatedAt,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("answers")] IReadOnlyList<string> Answers);

/// <summary>How a POST ended, as far as the client can tell.</summary>
/// <param name="Marker">Text of the question.</param>
/// <param name="Outcome">ok: acknowledged; fail: certainly not taken; info: unknown.</param>
/// <param name="Status">Status code; 0 without an answer.</param>
/// <param name="Body">Body of the answer.</param>
/// <param name="Error">Why there is no answer.</param>
/// <param name="Headers">Header lines of the answer.</param>
public sealed record PostAnswer(string Marker, Objectives.Outcome Outcome, int Status, string Body, string? Error, IReadOnlyList<string> Headers);

/// <summary>How a GET ended.</summary>
/// <param name="Status">Status code; 0 without an answer.</param>
/// <param name="Body">Body of the answer.</param>
/// <param name="ContentType">Media type of the answer.</param>
/// <param name="Error">Why there is no answer.</param>
public sealed record ListAnswer(int Status, string Body, string? ContentType, string? Error)
{
    /// <summary>Whether it is no lie: an error, or a list of at least so many buffs.</summary>
    public bool IsTruth(int atLeast)
    {
        if (Status != 200)
            return true;
        try
        {
            return Buffs.Count >= atLeast;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>The answer in a few words.</summary>
    public override string ToString() => Status == 0 ? $"no answer ({Error})" : $"{Status} with {Body.Length} characters: {Body[..Math.Min(60, Body.Length)]}";

    /// <summary>The buffs in the answer.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is no array of buffs.</exception>
    public IReadOnlyList<Buff> Buffs => System.Text.Json.JsonSerializer.Deserialize<List<Buff>>(Body) ?? [];
}
