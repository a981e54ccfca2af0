using System.Buffers.Text;
using System.Text;

namespace Verification.Load;

/// <summary>Status line and header of an answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Lines">Every line of the header.</param>
/// <param name="ContentType">Value of Content-Type; null without one.</param>
/// <param name="Length">Length of the body in bytes; null where it is not said.</param>
/// <param name="IsChunked">Whether the body comes in chunks.</param>
/// <param name="StaysOpen">Whether the service keeps the connection.</param>
internal readonly record struct AnswerHead(int Status, HeaderLines Lines, string? ContentType, long? Length, bool IsChunked, bool StaysOpen)
{
    /// <summary>Reads a head, without the empty line that ends it.</summary>
    /// <exception cref="HttpRequestException">It is none of HTTP/1.1 or 1.0, or its length is none, or there are two.</exception>
    public static AnswerHead Parse(ReadOnlySpan<byte> head)
    {
        var first = NextLine(ref head);
        var isOld = first.StartsWith("HTTP/1.0 "u8);
        if (
            !(isOld || first.StartsWith("HTTP/1.1 "u8))
            || first.Length < 12
            || !Utf8Parser.TryParse(first[9..12], out int status, out var digits)
            || digits != 3
            || (first.Length > 12 && first[12] != ' ')
            || status < 100
        )
            throw new HttpRequestException(
                $"The answer begins with '{Encoding.Latin1.GetString(first[..Math.Min(first.Length, 40)])}'; expected HTTP/1.1 and a status."
            );

        var lines = new HeaderLines(head.ToArray());
        var (type, length, isChunked, staysOpen) = ((string?)null, (long?)null, false, !isOld);
        while (!head.IsEmpty)
        {
            var line = NextLine(ref head);
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
                throw new HttpRequestException("The answer has a header line without a name.");
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
                length = LengthOf(value, length);
            else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
                isChunked = IsChunkedOnly(value);
            else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
                staysOpen = !Ascii.EqualsIgnoreCase(value, "close"u8) && (!isOld || Ascii.EqualsIgnoreCase(value, "keep-alive"u8));
            else if (Ascii.EqualsIgnoreCase(name, "content-type"u8))
                type = Encoding.Latin1.GetString(value);
        }

        return new AnswerHead(status, lines, type, length, isChunked, staysOpen);
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOf("\r\n"u8);
        var line = at < 0 ? rest : rest[..at];
        rest = at < 0 ? default : rest[(at + 2)..];
        return line;
    }

    private static long LengthOf(ReadOnlySpan<byte> value, long? before) =>
        Utf8Parser.TryParse(value, out long length, out var digits) && digits == value.Length && length >= 0 && (before ?? length) == length
            ? length
            : throw new HttpRequestException(
                $"The answer has the length '{Encoding.Latin1.GetString(value[..Math.Min(value.Length, 40)])}'; expected one number."
            );

    private static bool IsChunkedOnly(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "chunked"u8)
            ? true
            : throw new HttpRequestException(
                $"The answer is transferred as '{Encoding.Latin1.GetString(value[..Math.Min(value.Length, 40)])}'; only chunked can be read."
            );
}
