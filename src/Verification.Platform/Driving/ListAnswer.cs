using System.Text.Json;

namespace Verification.Platform;

/// <summary>How a GET ended.</summary>
/// <param name="Http">What came back.</param>
public sealed record ListAnswer(HttpAnswer Http)
{
    private readonly Lazy<(IReadOnlyList<ListedBuff>? Buffs, string? Problem)> parsed = new(() => Parse(Http));

    /// <summary>Status code; 0 without an answer.</summary>
    public int Status => Http.Status;

    /// <summary>Body of the answer.</summary>
    public string Body => Http.Body;

    /// <summary>Value of the header Content-Type.</summary>
    public string? ContentType => Http.ContentType;

    /// <summary>Why there is no answer.</summary>
    public string? Error => Http.Error?.Message;

    /// <summary>Whether it is a list of buffs.</summary>
    public bool IsList => parsed.Value.Buffs is not null;

    /// <summary>The buffs in the answer; none where it is no list.</summary>
    public IReadOnlyList<ListedBuff> Buffs => parsed.Value.Buffs ?? [];

    /// <summary>Why it is no list; null where it is one.</summary>
    public string? Problem => parsed.Value.Problem;

    /// <summary>Whether a buff with this question is listed.</summary>
    public bool Lists(string question) => Buffs.Any(buff => buff.Question == question);

    /// <summary>The answer in a few words.</summary>
    public override string ToString() =>
        Status == 0 ? $"no answer ({Error})"
        : IsList ? $"{Status} with {Buffs.Count} buffs"
        : $"{Status} with {Body.Length} characters: {Visible.Of(Body)}";

    private static (IReadOnlyList<ListedBuff>? Buffs, string? Problem) Parse(HttpAnswer http)
    {
        if (http.Status != 200)
            return (null, http.Status == 0 ? $"no answer: {http.Error?.Message}" : $"status {http.Status}");
        try
        {
            return JsonSerializer.Deserialize<List<ListedBuff>>(http.Body) is { } buffs ? (buffs, null) : (null, "null is no list");
        }
        catch (JsonException e)
        {
            return (null, $"no array of buffs: {e.Message}");
        }
    }
}
