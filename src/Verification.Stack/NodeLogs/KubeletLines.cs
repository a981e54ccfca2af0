using System.Buffers;
using System.Text;

namespace Verification.Stack.NodeLogs;

/// <summary>Makes of one stream of a container, as the engine's API gives it with times, the lines of the kubelet's file: time,
/// stream, P or F, text.
/// The engine gives a time (30 characters and a space) before each part of a line; a part ends with its line or after
/// <see cref="KubeletFile.LongestPart"/> bytes.</summary>
/// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
internal sealed class KubeletLines(string stream)
{
    private const int TimeLength = 30;
    private const byte LineFeed = (byte)'\n';
    private readonly byte[] time = new byte[TimeLength + 1];
    private readonly byte[] part = new byte[KubeletFile.LongestPart];
    private readonly byte[] name = Encoding.ASCII.GetBytes($" {stream} ");
    private int timed;
    private int filled;

    /// <summary>The time of the last part that was written; null before the first.</summary>
    public string? LastTime { get; private set; }

    /// <summary>Begins to read anew: parts up to <see cref="LastTime"/> were written already, and one that was cut off comes
    /// again.</summary>
    public void Reopen() => (timed, filled) = (0, 0);

    /// <summary>Takes what has come.</summary>
    /// <param name="bytes">The next bytes of the stream.</param>
    /// <param name="file">Where whole parts are written.</param>
    public void Take(ReadOnlySpan<byte> bytes, IBufferWriter<byte> file)
    {
        while (!bytes.IsEmpty)
        {
            if (timed < time.Length)
            {
                var head = bytes[..Math.Min(time.Length - timed, bytes.Length)];
                head.CopyTo(time.AsSpan(timed));
                timed += head.Length;
                bytes = bytes[head.Length..];
                continue;
            }

            var room = bytes[..Math.Min(part.Length - filled, bytes.Length)];
            var end = room.IndexOf(LineFeed);
            var text = end < 0 ? room : room[..end];
            text.CopyTo(part.AsSpan(filled));
            filled += text.Length;
            bytes = bytes[(end < 0 ? text.Length : end + 1)..];
            if (end >= 0 || filled == part.Length)
                Write(end < 0 ? "P"u8 : "F"u8, file);
        }
    }

    private void Write(ReadOnlySpan<byte> tag, IBufferWriter<byte> file)
    {
        var told = Encoding.ASCII.GetString(time, 0, TimeLength);
        // Both are of one form, so that they stand in the order of their characters.
        if (LastTime is null || string.CompareOrdinal(told, LastTime) > 0)
        {
            file.Write(time.AsSpan(0, TimeLength));
            file.Write(name);
            file.Write(tag);
            file.Write(" "u8);
            file.Write(part.AsSpan(0, filled));
            file.Write("\n"u8);
            LastTime = told;
        }

        Reopen();
    }
}
