using System.Buffers.Binary;
using System.Text;

namespace Verification.Stack.Additions;

/// <summary>A time zone as a file, for an instance whose image has none: <c>TZ</c> may name one by its path.</summary>
public static class ZoneFile
{
    private const int Header = 44;
    private const int LocalTime = 6;

    /// <summary>A zone that is always so far ahead of UTC (TZif, RFC 9636, version 1: one type of local time, no transition).</summary>
    /// <param name="hours">How many hours, at most 14.</param>
    public static byte[] Ahead(int hours)
    {
        var name = Encoding.ASCII.GetBytes($"+{hours:00}\0");
        var file = new byte[Header + LocalTime + name.Length];
        "TZif"u8.CopyTo(file);
        // Of all that is counted there are types of local time and characters of their names only.
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(36), 1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(40), name.Length);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(Header), hours * 3600);
        name.CopyTo(file, Header + LocalTime);
        return file;
    }
}
