using System.Buffers;
using System.Buffers.Text;

namespace Verification.Stomp;

/// <summary>
/// Reads frames of STOMP 1.2 from bytes that arrive in any pieces; heart-beats (line ends between frames) are passed over. It holds one
/// frame's progress, so that bytes are looked at once however finely they are split. After an exception it must not be used again.
/// </summary>
/// <param name="limits">What a frame may hold.</param>
public sealed class StompFrameReader(StompLimits limits)
{
    private Part _part;
    private string _command = "";
    private StompHeaders _headers = StompHeaders.None;
    private int _announced = -1;
    private long _scanned;

    private static ReadOnlySpan<byte> ReceiptBegin => "RECEIPT\nreceipt-id:"u8;

    private static ReadOnlySpan<byte> ReceiptEnd => "\n\n\0"u8;

    private enum Part
    {
        Command,
        Headers,
        Body,
    }

    /// <summary>Whether bytes so far end between two frames.</summary>
    public bool IsBetweenFrames => _part == Part.Command;

    /// <summary>Takes what it can from the front of <paramref name="bytes"/>, and returns a frame once one is complete.</summary>
    /// <param name="bytes">What has been received and not been taken; is cut to what is still needed. Must begin with what was left
    /// by the call before.</param>
    /// <returns>The next frame; null when more bytes are needed.</returns>
    /// <exception cref="StompProtocolException">These bytes are no STOMP 1.2, or a limit is exceeded.</exception>
    public StompFrame? Read(ref ReadOnlySequence<byte> bytes)
    {
        if (_part == Part.Command && !ReadCommand(ref bytes))
            return null;
        if (_part == Part.Headers && !ReadHeaders(ref bytes))
            return null;
        if (!ReadBody(ref bytes, out var body))
            return null;

        var frame = new StompFrame(_command, _headers, body);
        _part = Part.Command;
        return frame;
    }

    /// <summary>Takes a receipt as brokers write it, with a number and nothing else, from the front of <paramref name="bytes"/>, without
    /// making a frame of
    /// it. Whatever it does not take is left to <see cref="Read"/>.</summary>
    /// <param name="bytes">As in <see cref="Read"/>.</param>
    /// <param name="receipt">Its number.</param>
    /// <returns>Whether there was one, whole, in the first piece of memory.</returns>
    internal bool TryReadReceipt(ref ReadOnlySequence<byte> bytes, out long receipt)
    {
        receipt = 0;
        if (_part != Part.Command)
            return false;
        var first = bytes.FirstSpan;
        var begin = first.IndexOfAnyExcept((byte)'\n');
        if (begin < 0 || !first[begin..].StartsWith(ReceiptBegin))
            return false;
        var number = first[(begin + ReceiptBegin.Length)..];
        if (!Utf8Parser.TryParse(number, out receipt, out var digits) || !number[digits..].StartsWith(ReceiptEnd))
            return false;
        bytes = bytes.Slice(begin + ReceiptBegin.Length + digits + ReceiptEnd.Length);
        _scanned = 0;
        return true;
    }

    private bool ReadCommand(ref ReadOnlySequence<byte> bytes)
    {
        while (TryReadLine(ref bytes, StompCommand.MaxLength, "a command", out var line))
        {
            if (line.IsEmpty)
                continue;
            Span<byte> copy = stackalloc byte[StompCommand.MaxLength];
            line.CopyTo(copy);
            var name = copy[..(int)line.Length];
            _command = StompCommand.Find(name) ?? throw new StompProtocolException($"Expected a STOMP command, got {Printable(name)}.");
            _headers = new StompHeaders(8);
            _announced = -1;
            _part = Part.Headers;
            return true;
        }

        return false;
    }

    private bool ReadHeaders(ref ReadOnlySequence<byte> bytes)
    {
        while (TryReadLine(ref bytes, limits.MaxHeaderLine, "a header line", out var line))
        {
            if (line.IsEmpty)
            {
                _scanned = 0;
                _part = Part.Body;
                return true;
            }

            if (_headers.Count == limits.MaxHeaders)
                throw new StompProtocolException($"A {_command} frame has more than {limits.MaxHeaders} headers.");
            ReadHeader(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
        }

        return false;
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 1)
            throw new StompProtocolException($"A header line of a {_command} frame has no name and colon.");
        if (line.Contains((byte)'\r'))
            throw new StompProtocolException($"A header line of a {_command} frame holds a bare carriage return.");

        var escaped = StompCommand.EscapesHeaders(_command);
        var name = HeaderText.ReadName(line[..colon], escaped);
        var value = line[(colon + 1)..];
        if (name == "content-length" && _announced < 0)
            _announced = ReadLength(value);
        _headers.Add(name, HeaderText.Read(value, escaped));
    }

    private int ReadLength(ReadOnlySpan<byte> digits)
    {
        if (
            !Utf8Parser.TryParse(digits, out long length, out var used)
            || used != digits.Length
            || length < 0
            || digits[0] is < (byte)'0' or > (byte)'9'
        )
            throw new StompProtocolException($"The content-length of a {_command} frame is no number.");
        return length <= limits.MaxBody ? (int)length : throw BodyTooLong();
    }

    private bool ReadBody(ref ReadOnlySequence<byte> bytes, out ReadOnlyMemory<byte> body)
    {
        body = default;
        long length = _announced;
        if (length < 0)
        {
            if (!TryFind(bytes, 0, limits.MaxBody, out length))
                return bytes.Length - 1 > limits.MaxBody ? throw BodyTooLong() : false;
            if (length > limits.MaxBody)
                throw BodyTooLong();
        }
        else if (bytes.Length <= length)
        {
            return false;
        }
        else if (bytes.Slice(length, 1).FirstSpan[0] != 0)
        {
            throw new StompProtocolException($"The body of a {_command} frame of content-length {length} does not end in NUL.");
        }

        if (length > 0 && !StompCommand.MayHaveBody(_command))
            throw new StompProtocolException($"A {_command} frame has a body.");
        if (length > 0)
            body = bytes.Slice(0, length).ToArray();
        bytes = bytes.Slice(length + 1);
        _scanned = 0;
        return true;
    }

    /// <summary>Takes a line without its end (LF or CR LF); false when its end has not arrived.</summary>
    private bool TryReadLine(ref ReadOnlySequence<byte> bytes, int most, string what, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (!TryFind(bytes, (byte)'\n', most + 1, out var length))
            return bytes.Length > most + 1 ? throw TooLong(what, most) : false;

        line = bytes.Slice(0, length);
        bytes = bytes.Slice(length + 1);
        if (length > 0 && line.Slice(length - 1).FirstSpan[0] == (byte)'\r')
            line = line.Slice(0, length - 1);
        if (line.Length > most)
            throw TooLong(what, most);
        _scanned = 0;
        return true;
    }

    /// <summary>Looks for a byte from where the last search ended, no further than <paramref name="most"/> bytes before it.</summary>
    private bool TryFind(in ReadOnlySequence<byte> bytes, byte wanted, long most, out long index)
    {
        var end = Math.Min(bytes.Length, most + 1);
        if (_scanned < end)
        {
            var rest = bytes.Slice(_scanned, end - _scanned);
            if (rest.PositionOf(wanted) is { } found)
            {
                index = _scanned + rest.Slice(0, found).Length;
                return true;
            }

            _scanned = end;
        }

        index = -1;
        return false;
    }

    private static StompProtocolException TooLong(string what, int most) => new($"Expected {what} of at most {most} bytes, got more.");

    private StompProtocolException BodyTooLong() => new($"A {_command} frame has a body of more than {limits.MaxBody} bytes.");

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        Span<char> shown = stackalloc char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            shown[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '?';
        return $"'{shown}'";
    }
}
