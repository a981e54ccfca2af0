using Verification.Objectives;

namespace Verification.Platform;

/// <summary>How a POST ended, as far as the client can tell.</summary>
/// <param name="Marker">Text of the question.</param>
/// <param name="Outcome">ok: acknowledged; fail: certainly not taken; info: unknown.</param>
/// <param name="Http">What came back.</param>
public sealed record PostAnswer(string Marker, Outcome Outcome, HttpAnswer Http)
{
    /// <summary>Status code; 0 without an answer.</summary>
    public int Status => Http.Status;

    /// <summary>Body of the answer.</summary>
    public string Body => Http.Body;

    /// <summary>Why there is no answer.</summary>
    public string? Error => Http.Error?.Message;

    /// <summary>Header lines of the answer.</summary>
    public IReadOnlyList<string> Headers => Http.Headers;

    /// <summary>The answer in a few words.</summary>
    public override string ToString() =>
        Status == 0 ? $"no answer ({Error})"
        : Body.Length == 0 ? $"{Status}"
        : $"{Status} {Visible.Of(Body)}";
}
