using System.Globalization;
using System.Text;

namespace Verification.Platform.Generating;

/// <summary>A buff of any shape that the contract allows.</summary>
/// <param name="Marker">By what it is known, wherever it comes out: no other buff has it.</param>
public sealed record GeneratedBuff(string Marker)
{
    /// <summary>What stands in the question before the marker.</summary>
    public string Before { get; init; } = string.Empty;

    /// <summary>What stands behind it.</summary>
    public string After { get; init; } = string.Empty;

    /// <summary>The question.</summary>
    public string Question => $"{Before}{Marker}{After}";

    /// <summary>The answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = ["me", "you"];

    /// <summary>How it is written.</summary>
    public BodySpelling Spelling { get; init; } = new();

    /// <summary>Value of the header Content-Type.</summary>
    public string ContentType { get; init; } = Contract.ContentType;

    /// <summary>Further headers of the request: none of them means anything to the contract.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the body is sent in chunks, without its length.</summary>
    public bool Chunked { get; init; }

    /// <summary>The request that posts it.</summary>
    public HttpQuestion Request() =>
        new(HttpMethod.Post, Contract.PostPath)
        {
            Body = Body(),
            ContentType = ContentType,
            Headers = Headers,
            Chunked = Chunked,
        };

    /// <summary>The body, as it goes over the wire.</summary>
    public byte[] Body() => Encoding.UTF8.GetBytes(Written());

    /// <summary>Whether it fits into a body of so many bytes.</summary>
    public bool Fits(int bytes) => Encoding.UTF8.GetByteCount(Written()) <= bytes;

    private string Written()
    {
        var gap = Spelling.Between;
        KeyValuePair<string, string> question = new("question", Text(Question));
        KeyValuePair<string, string> answers = new("answers", $"[{gap}{string.Join($"{gap},{gap}", Answers.Select(Text))}{gap}]");
        IReadOnlyList<KeyValuePair<string, string>> members = Spelling.AnswersFirst
            ? [answers, .. Spelling.Further, question]
            : [question, .. Spelling.Further, answers];
        return $"{gap}{{{gap}{string.Join($"{gap},{gap}", members.Select(member => $"{Name(member.Key)}{gap}:{gap}{member.Value}"))}{gap}}}{gap}";
    }

    private string Name(string name) => Spelling.EscapedNames ? $"\"{Escape(name[0])}{name[1..]}\"" : $"\"{name}\"";

    private string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ =
                Spelling.ShortEscapes && ShortEscape(character) is { } brief ? written.Append('\\').Append(brief)
                : IsEscaped(character) ? written.Append(Escape(character))
                : written.Append(character);
        }

        return written.Append('"').ToString();
    }

    private bool IsEscaped(char character) =>
        Spelling.Escapes switch
        {
            Escapes.All => true,
            Escapes.BeyondAscii => character is < ' ' or '"' or '\\' or > '~',
            _ => character is < ' ' or '"' or '\\',
        };

    private string Escape(char character) =>
        $"\\u{((int)character).ToString(Spelling.Capitals ? "X4" : "x4", CultureInfo.InvariantCulture)}";

    /// <summary>What stands behind the backslash of a character's short escape (RFC 8259, section 7); null where it has none.</summary>
    private static char? ShortEscape(char character) =>
        character switch
        {
            '"' or '\\' or '/' => character,
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => null,
        };
}
