using System.Buffers;
using System.Globalization;

namespace Verification.Stomp;

/// <summary>Writes frames as STOMP 1.2 has them on the wire.</summary>
public static class StompFrameWriter
{
    /// <summary>Writes one frame. A body is announced with its <c>content-length</c>; a header of that name in the frame is left
    /// out.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="withLength">False: a body without <c>content-length</c>, ended by its NUL (brokers take such a message for
    /// text).</param>
    /// <exception cref="ArgumentException">The frame cannot be written: a body where none is allowed, a NUL in a body without length, a
    /// text that is no Unicode, a header of CONNECT or CONNECTED that would need escaping.</exception>
    public static void Write(IBufferWriter<byte> output, StompFrame frame, bool withLength = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(frame);
        if (!frame.Body.IsEmpty && !StompCommand.MayHaveBody(frame.Command))
            throw new ArgumentException($"A {frame.Command} frame has no body.", nameof(frame));
        if (!withLength && frame.Body.Span.Contains((byte)0))
            throw new ArgumentException("A body that holds a NUL needs its content-length.", nameof(frame));

        WriteCommand(output, frame.Command);
        WriteHeaders(output, frame.Headers, StompCommand.EscapesHeaders(frame.Command));
        WriteBody(output, frame.Body.Span, withLength && StompCommand.MayHaveBody(frame.Command));
    }

    internal static void WriteCommand(IBufferWriter<byte> output, string command)
    {
        var span = output.GetSpan(command.Length + 1);
        System.Text.Ascii.FromUtf16(command, span, out var written);
        span[written] = (byte)'\n';
        output.Advance(written + 1);
    }

    internal static void WriteHeaders(IBufferWriter<byte> output, StompHeaders headers, bool escape = true)
    {
        foreach (var (name, value) in headers)
        {
            if (name != "content-length")
                WriteHeader(output, name, value, escape);
        }
    }

    internal static void WriteHeader(IBufferWriter<byte> output, string name, string value, bool escape = true)
    {
        HeaderText.Write(output, name, escape, isName: true);
        output.Write(":"u8);
        HeaderText.Write(output, value, escape, isName: false);
        output.Write("\n"u8);
    }

    internal static void WriteHeader(IBufferWriter<byte> output, ReadOnlySpan<byte> nameAndColon, long value)
    {
        var span = output.GetSpan(nameAndColon.Length + 21);
        nameAndColon.CopyTo(span);
        value.TryFormat(span[nameAndColon.Length..], out var digits, provider: CultureInfo.InvariantCulture);
        span[nameAndColon.Length + digits] = (byte)'\n';
        output.Advance(nameAndColon.Length + digits + 1);
    }

    internal static void WriteBody(IBufferWriter<byte> output, ReadOnlySpan<byte> body, bool withLength)
    {
        if (withLength)
            WriteHeader(output, "content-length:"u8, body.Length);
        output.Write("\n"u8);
        output.Write(body);
        output.Write("\0"u8);
    }
}
