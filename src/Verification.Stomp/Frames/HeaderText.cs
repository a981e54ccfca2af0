using System.Buffers;
using System.Text;

namespace Verification.Stomp;

/// <summary>Header names and values on the wire: strict UTF-8, with the four escapes of STOMP 1.2.</summary>
internal static class HeaderText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\r\n:");

    // What brokers say in every frame, so that reading one allocates no name.
    private static readonly string[] KnownNames =
    [
        "receipt-id",
        "subscription",
        "message-id",
        "destination",
        "ack",
        "content-length",
        "content-type",
        "persistent",
        "timestamp",
        "expires",
        "priority",
        "redelivered",
        "buff-id",
        "heart-beat",
        "version",
        "server",
        "session",
        "message",
        "type",
    ];

    /// <summary>Writes a name or value.</summary>
    /// <exception cref="ArgumentException">It is not valid Unicode, or must not be escaped and cannot be written as it is.</exception>
    public static void Write(IBufferWriter<byte> output, string text, bool escape, bool isName)
    {
        var special = text.AsSpan().IndexOfAny(Escaped);
        if (special < 0)
        {
            WriteRaw(output, text);
            return;
        }

        if (escape)
            WriteEscaped(output, text, special);
        else if (text.AsSpan().IndexOfAny('\r', '\n') >= 0 || (isName && text.Contains(':', StringComparison.Ordinal)))
            throw new ArgumentException(
                "A header of CONNECT or CONNECTED cannot hold a line break, nor its name a colon: they are not escaped there.",
                nameof(text)
            );
        else
            WriteRaw(output, text);
    }

    /// <summary>Reads a name or value.</summary>
    /// <exception cref="StompProtocolException">An unknown escape, or no UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> bytes, bool escaped)
    {
        if (escaped && bytes.Contains((byte)'\\'))
            return ReadEscaped(bytes);
        return Decode(bytes);
    }

    /// <summary>Reads a name, sharing the string of the usual ones.</summary>
    /// <exception cref="StompProtocolException">An unknown escape, or no UTF-8.</exception>
    public static string ReadName(ReadOnlySpan<byte> bytes, bool escaped)
    {
        foreach (var name in KnownNames)
        {
            if (name.Length == bytes.Length && Ascii.Equals(bytes, name))
                return name;
        }

        return Read(bytes, escaped);
    }

    private static void WriteRaw(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        var span = output.GetSpan(Utf8.GetMaxByteCount(text.Length));
        output.Advance(Utf8.GetBytes(text, span));
    }

    private static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<char> text, int special)
    {
        while (special >= 0)
        {
            WriteRaw(output, text[..special]);
            output.Write(
                text[special] switch
                {
                    '\\' => "\\\\"u8,
                    '\r' => "\\r"u8,
                    '\n' => "\\n"u8,
                    _ => "\\c"u8,
                }
            );
            text = text[(special + 1)..];
            special = text.IndexOfAny(Escaped);
        }

        WriteRaw(output, text);
    }

    private static string ReadEscaped(ReadOnlySpan<byte> bytes)
    {
        var plain = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'\\')
            {
                plain[length++] = bytes[i];
                continue;
            }

            i++;
            plain[length++] =
                i < bytes.Length ? Unescaped(bytes[i]) : throw new StompProtocolException("A header ends in the middle of an escape.");
        }

        return Decode(plain.AsSpan(0, length));
    }

    private static byte Unescaped(byte code) =>
        code switch
        {
            (byte)'\\' => (byte)'\\',
            (byte)'r' => (byte)'\r',
            (byte)'n' => (byte)'\n',
            (byte)'c' => (byte)':',
            _ => throw new StompProtocolException($"Unknown escape \\x{code:x2} in a header; STOMP 1.2 knows \\\\, \\r, \\n and \\c."),
        };

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new StompProtocolException("A header is not UTF-8.");
        }
    }
}
