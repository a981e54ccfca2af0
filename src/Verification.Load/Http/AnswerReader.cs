using System.Buffers.Text;
using System.Text;
using Verification.Platform;

namespace Verification.Load;

/// <summary>Reads answers of HTTP/1.1 (RFC 9112) from the bytes of a connection, however they come.</summary>
internal sealed class AnswerReader
{
    private const int LongestHead = 64 * 1024;
    private const int LongestBody = 64 * 1024 * 1024;
    private const int LongestLine = 4096;
    private byte[] buffer = new byte[8 * 1024];
    private int begin;
    private int end;
    private AnswerHead? head;
    private bool hasBody;
    private MemoryStream? chunks;
    private bool isInTrailers;

    /// <summary>Whether the connection can carry another request: the last answer was read to its end, and its service keeps it.</summary>
    public bool StaysOpen { get; private set; }

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(begin, end - begin);

    /// <summary>An answer is expected.</summary>
    /// <param name="isOfHead">Whether it is one of HEAD, which has no body whatever its header says.</param>
    public void Expect(bool isOfHead) => (StaysOpen, head, hasBody, chunks, isInTrailers) = (false, null, !isOfHead, null, false);

    /// <summary>Where the next bytes go; never empty.</summary>
    public Span<byte> Room()
    {
        if (begin == end)
            begin = end = 0;
        if (end == buffer.Length)
        {
            var target = begin > buffer.Length / 2 ? buffer : new byte[buffer.Length * 2];
            Unread.CopyTo(target);
            (end, begin, buffer) = (end - begin, 0, target);
        }

        return buffer.AsSpan(end);
    }

    /// <summary>Bytes have come to where there was room.</summary>
    /// <returns>The answer; null while it is not whole.</returns>
    /// <exception cref="HttpRequestException">It is no answer of HTTP/1.1, or it is too large.</exception>
    public HttpAnswer? Received(int count)
    {
        end += count;
        while (head is null)
        {
            if (ReadHead() is not { } read)
                return null;
            // Those below 200 come before the answer.
            head = read.Status < 200 ? null : read;
        }

        var known = head.Value;
        if (!hasBody || known.Status is 204 or 304)
            return Whole("", isDelimited: true);
        if (known.IsChunked)
            return ReadChunks() is { } body ? Whole(body, isDelimited: true) : null;
        CheckSize(known.Length ?? end - begin);
        return known.Length <= end - begin ? Whole(Take((int)known.Length.Value), isDelimited: true) : null;
    }

    /// <summary>No more bytes come.</summary>
    /// <returns>The answer, where the end of the connection is its end.</returns>
    /// <exception cref="HttpRequestException">It is cut off.</exception>
    public HttpAnswer Closed() =>
        head is { IsChunked: false, Length: null }
            ? Whole(Take(end - begin), isDelimited: false)
            : throw new HttpRequestException("The connection was closed before the answer was whole.");

    private HttpAnswer Whole(string body, bool isDelimited)
    {
        var known = head!.Value;
        // What is there beyond it, nobody asked for.
        StaysOpen = isDelimited && known.StaysOpen && begin == end;
        return new HttpAnswer(known.Status, body, known.ContentType, known.Lines, null);
    }

    private AnswerHead? ReadHead()
    {
        var at = Unread.IndexOf("\r\n\r\n"u8);
        if (at < 0)
            return end - begin > LongestHead
                ? throw new HttpRequestException($"The head of the answer is longer than {LongestHead} B.")
                : null;
        var read = AnswerHead.Parse(Unread[..at]);
        begin += at + 4;
        return read;
    }

    /// <summary>Bytes of all chunks are put together before they are a text: a character may lie in two of them.</summary>
    private string? ReadChunks()
    {
        chunks ??= new MemoryStream();
        while (!isInTrailers)
        {
            var at = Unread.IndexOf("\r\n"u8);
            if (at < 0)
                return AwaitLine();
            var size = SizeOf(Unread[..at]);
            CheckSize(chunks.Length + size);
            isInTrailers = size == 0;
            var rest = Unread[(at + 2)..];
            if (!isInTrailers && rest.Length < size + 2)
                return null;
            begin += at + 2;
            if (isInTrailers)
                break;
            if (!rest[size..].StartsWith("\r\n"u8))
                throw new HttpRequestException("A chunk of the answer does not end where its size says.");
            chunks.Write(rest[..size]);
            begin += size + 2;
        }

        while (true)
        {
            var at = Unread.IndexOf("\r\n"u8);
            if (at < 0)
                return AwaitLine();
            begin += at + 2;
            // An empty line ends them; what they say nobody asks for.
            if (at == 0)
                return Encoding.UTF8.GetString(chunks.GetBuffer(), 0, (int)chunks.Length);
        }
    }

    private string? AwaitLine() =>
        end - begin > LongestLine ? throw new HttpRequestException($"A line within the answer is longer than {LongestLine} B.") : null;

    private static int SizeOf(ReadOnlySpan<byte> line)
    {
        var semicolon = line.IndexOf((byte)';');
        var digits = (semicolon < 0 ? line : line[..semicolon]).Trim(" \t"u8);
        return Utf8Parser.TryParse(digits, out int size, out var read, 'x') && read == digits.Length && size >= 0
            ? size
            : throw new HttpRequestException(
                $"The answer has a chunk of the size '{Cut.To(Encoding.Latin1.GetString(line), 20)}'; expected hexadecimal digits."
            );
    }

    private static void CheckSize(long size)
    {
        if (size > LongestBody)
            throw new HttpRequestException($"The answer has {size} B or more; at most {LongestBody} B are read.");
    }

    private string Take(int count)
    {
        var text = Encoding.UTF8.GetString(Unread[..count]);
        begin += count;
        return text;
    }
}
