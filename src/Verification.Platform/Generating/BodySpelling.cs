namespace Verification.Platform.Generating;

/// <summary>How a buff is written down as JSON: all of them are the same buff.</summary>
public sealed record BodySpelling
{
    /// <summary>Which characters are written as escapes.</summary>
    public Escapes Escapes { get; init; } = Escapes.Needed;

    /// <summary>Whether the hexadecimal digits of escapes are capitals.</summary>
    public bool Capitals { get; init; }

    /// <summary>Whether what has a short escape is written by it, whichever characters are escapes: <c>\n</c>, <c>\"</c>,
    /// <c>\/</c>.</summary>
    public bool ShortEscapes { get; init; }

    /// <summary>Whether the names of the members begin with an escape: <c>"\u0071uestion"</c>.</summary>
    public bool EscapedNames { get; init; }

    /// <summary>Whether the answers stand before the question.</summary>
    public bool AnswersFirst { get; init; }

    /// <summary>White space between the tokens.</summary>
    public string Between { get; init; } = string.Empty;

    /// <summary>Further members of the object, each a name and a value in JSON: none of them means anything.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Further { get; init; } = [];
}

/// <summary>Which characters of a text are written as escapes.</summary>
public enum Escapes
{
    /// <summary>Those that JSON wants to be.</summary>
    Needed,

    /// <summary>Those beyond ASCII, too.</summary>
    BeyondAscii,

    /// <summary>Every one.</summary>
    All,
}
