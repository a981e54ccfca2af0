using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Verification.Platform;

/// <summary>A buff to be posted.</summary>
/// <param name="Question">Its question, by which it is known.</param>
public sealed record BuffToPost(string Question)
{
    /// <summary>Its answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = ["me", "you"];

    /// <summary>Whether each character beyond ASCII is written as an escape; else as it is, in UTF-8.</summary>
    public bool Escaped { get; init; }

    /// <summary>Value of the header Content-Type.</summary>
    public string ContentType { get; init; } = Contract.ContentType;

    /// <summary>The logical client that posts it.</summary>
    public string Process { get; init; } = "client";

    /// <summary>The body, as it goes over the wire.</summary>
    public byte[] Body() =>
        Encoding.UTF8.GetBytes($"{{\"question\":{Written(Question)},\"answers\":[{string.Join(',', Answers.Select(Written))}]}}");

    private string Written(string text) => Escaped ? JsonSerializer.Serialize(text) : Raw(text);

    /// <summary>Only what JSON wants to be escaped is: every encoder of the framework escapes all characters beyond the first plane,
    /// too.</summary>
    private static string Raw(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => written.Append('\\').Append(character),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => written.Append(character),
            };
        }

        return written.Append('"').ToString();
    }
}
