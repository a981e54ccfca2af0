using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Verification.Platform;

/// <summary>A buff to be posted.</summary>
/// <param name="Question">Its question, by which it is known.</param>
public sealed record BuffToPost(string Question)
{
    private static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Ascii = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Its answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = ["me", "you"];

    /// <summary>Whether each character beyond ASCII is written as an escape; else as it is, in UTF-8.</summary>
    public bool Escaped { get; init; }

    /// <summary>Value of the header Content-Type.</summary>
    public string ContentType { get; init; } = Contract.ContentType;

    /// <summary>The logical client that posts it.</summary>
    public string Process { get; init; } = "client";

    /// <summary>The body, as it goes over the wire.</summary>
    public byte[] Body() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { question = Question, answers = Answers }, Escaped ? Ascii : Raw));
}
