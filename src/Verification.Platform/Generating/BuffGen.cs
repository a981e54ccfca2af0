using CsCheck;

namespace Verification.Platform.Generating;

/// <summary>Buffs of every shape that the contract allows: any Unicode plane, white space at the ends, combining marks, controls, quotes;
/// one answer to 64 of them, empty, repeated,
/// in no order; a body of up to 64 KiB; every legal way to write them down.</summary>
public static class BuffGen
{
    /// <summary>Most bytes of a body.</summary>
    public const int MostBytes = 64 * 1024;

    private const int MostAnswers = 64;

    /// <summary>Kinds of characters, and how one of each kind is drawn. Half a surrogate pair is no character.</summary>
    private static readonly Gen<string> Piece = Gen.Frequency(
        (8, Gen.Char[' ', '~'].Select(character => $"{character}")),
        (3, OneOf(" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2003", "\u200b", "\ufeff")),
        (3, OneOf("e\u0301", "\u00e9", "Z\u0351\u036b", "\u1100\u1161", "\uac00", "\u0928\u093f", "\ufb01", "\u1e9b\u0323")),
        (
            3,
            OneOf(
                "\"",
                "\\",
                "/",
                "'",
                "`",
                "\\\"",
                "%s",
                "{0}",
                "$(x)",
                "<b>",
                "&amp;",
                "\\n",
                "\\u0041",
                "';--",
                "\0",
                "null",
                "[]",
                "{}"
            )
        ),
        (2, Gen.Char['\u0001', '\u001f'].Select(character => $"{character}")),
        (1, OneOf("\u007f", "\u0080", "\u009f", "\u2028", "\u2029", "\u202e", "\u200d", "\ufffd", "\ufffe", "\uffff", "\ufdd0")),
        (2, OneOf("ß", "ẞ", "İ", "ı", "ſ", "K", "A", "a", "á", "Å", "Å", "ﬀ", "²", "Ⅷ")),
        (3, Gen.Char['\u00a1', '\ud7ff'].Select(character => $"{character}")),
        (1, Gen.Char['\ue000', '\uf8ff'].Select(character => $"{character}")),
        (3, Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32)),
        (2, OneOf("🎉", "👩‍👩‍👧‍👦", "🇩🇪", "❤️‍🔥", "👍🏿", "𝕊", "𠀀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"))
    );

    private static readonly Gen<bool> Seldom = Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true)));

    private static readonly Gen<string> Short = Piece.List[0, 12].Select(string.Concat);

    private static readonly Gen<string> Long = Gen.Select(
        Piece,
        Gen.Int[100, 20_000],
        (piece, times) => string.Concat(Enumerable.Repeat(piece, times))
    );

    private static readonly Gen<string> Text = Gen.Frequency((30, Short), (1, Long));

    private static readonly Gen<IReadOnlyList<string>> Answers = Gen.Frequency(
        (6, Short.List[1, 5].Select(list => (IReadOnlyList<string>)list)),
        (1, Short.Select(text => (IReadOnlyList<string>)[text, text, string.Empty, text])),
        (
            1,
            Gen.Int[6, MostAnswers]
                .Select(count => (IReadOnlyList<string>)[.. Enumerable.Range(0, count).Select(index => $"{(index * 37) % MostAnswers}")])
        ),
        (1, OneOf(string.Empty, " ", "0", "null", "true").Select(text => (IReadOnlyList<string>)[text]))
    );

    /// <summary>Members that somebody might take for those of a row; none of them is part of a buff.</summary>
    private static readonly Gen<KeyValuePair<string, string>> Further = OneOf<KeyValuePair<string, string>>(
        new("ID", "1"),
        new("ID", "\"seven\""),
        new("id", "9007199254740993"),
        new("CreatedAt", "\"1999-12-31T23:59:59Z\""),
        new("CreatedAt", "\"yesterday\""),
        new("UpdatedAt", "null"),
        new("UpdatedAt", "0"),
        new("DeletedAt", "{\"Time\":\"2020-01-01T00:00:00Z\",\"Valid\":true}"),
        new("DeletedAt", "\"never\""),
        new("DeletedAt", "7"),
        new("deleted_at", "\"2020-01-01T00:00:00Z\""),
        new("message_key", "\"same\""),
        new("buff-id", "\"same\""),
        new("questions", "[\"q\"]"),
        new("nested", "{\"question\":\"other\",\"answers\":[[]]}"),
        new("number", "-1.5e300")
    );

    private static readonly Gen<BodySpelling> Spelling = Gen.Select(
        Gen.Enum<Escapes>(),
        Gen.Bool,
        Gen.Bool,
        Seldom,
        Gen.Bool,
        OneOf(string.Empty, string.Empty, " ", "\n", "\t \r\n"),
        Gen.Frequency((3, Gen.Const<List<KeyValuePair<string, string>>>([])), (1, Further.List[1, 3])),
        (escapes, capitals, brief, names, first, between, further) =>
            new BodySpelling
            {
                Escapes = escapes,
                Capitals = capitals,
                ShortEscapes = brief,
                EscapedNames = names,
                AnswersFirst = first,
                Between = between,
                // A name that comes twice is no JSON that everybody reads the same.
                Further = [.. further.DistinctBy(member => member.Key, StringComparer.Ordinal)],
            }
    );

    private static readonly Gen<string> ContentType = OneOf(
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
        "application/json ; charset=\"utf-8\"",
        "application/json; charset=utf-8; boundary=x",
        "APPLICATION/JSON;CHARSET=utf-8"
    );

    /// <summary>What a proxy or a client library sends with each of its requests: two buffs with the same are two buffs.</summary>
    private static readonly Gen<IReadOnlyList<KeyValuePair<string, string>>> Headers = OneOf<IReadOnlyList<KeyValuePair<string, string>>>(
        [],
        [],
        [],
        [new("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")],
        [new("X-Request-Id", "one-and-the-same")],
        [new("Accept-Language", "de-DE, de;q=0.9"), new("User-Agent", "a phone"), new("Cookie", "session=1")]
    );

    /// <summary>The largest there are, of characters of one to four bytes: what counts characters, bytes or escapes wrongly stumbles
    /// here.</summary>
    public static IReadOnlyList<GeneratedBuff> Largest { get; } =
    [
        .. from text in (string[])["x", "ж", "語", "🎉", "\"", "\u0001"]
        from escapes in Enum.GetValues<Escapes>()
        select Filled(text, escapes),
    ];

    /// <summary>A buff, but for its marker.</summary>
    public static Gen<GeneratedBuff> Any { get; } =
        Gen.Select(
            Gen.Select(Text, Text, Answers),
            Gen.Select(Spelling, ContentType, Headers, Seldom),
            (content, request) =>
                Fitting(
                    new GeneratedBuff(string.Empty)
                    {
                        Before = content.Item1,
                        After = content.Item2,
                        Answers = content.Item3,
                        Spelling = request.Item1,
                        ContentType = request.Item2,
                        Headers = request.Item3,
                        Chunked = request.Item4,
                    }
                )
        );

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(index => all[index]);

    private static GeneratedBuff Filled(string text, Escapes escapes)
    {
        var one = new GeneratedBuff(string.Empty)
        {
            After = text,
            Spelling = new BodySpelling { Escapes = escapes },
        };
        var (frame, each) = (
            (one with { After = string.Empty }).Body().Length,
            one.Body().Length - (one with { After = string.Empty }).Body().Length
        );
        return one with { After = string.Concat(Enumerable.Repeat(text, (MostBytes - 512 - frame) / each)) };
    }

    /// <summary>One that is too large is cut at its ends, never within a pair.</summary>
    private static GeneratedBuff Fitting(GeneratedBuff buff)
    {
        // The marker has yet to come.
        while (!buff.Fits(MostBytes - 512))
            buff = buff with { Before = Half(buff.Before), After = Half(buff.After), Answers = [.. buff.Answers.Select(Half)] };
        return buff;
    }

    /// <summary>The first half of a text.</summary>
    internal static string Half(string text)
    {
        var length = text.Length / 2;
        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
