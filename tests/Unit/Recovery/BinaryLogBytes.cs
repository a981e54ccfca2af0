using System.Buffers.Binary;
using System.IO.Hashing;

namespace Verification.Tests.Unit.Recovery;

/// <summary>Binary logs as a server writes them.</summary>
internal static class BinaryLogBytes
{
    /// <summary>How long the rows of a transaction are.</summary>
    public const int RowsSize = 19 + 30 + 4;

    /// <summary>The head of a file.</summary>
    public static byte[] Start(bool inUse = false)
    {
        var start = Event(15, new byte[60]);
        // The checksum is that of the file once it is closed.
        if (inUse)
            start[17] |= 1;
        return [0xfe, (byte)'b', (byte)'i', (byte)'n', .. start];
    }

    /// <summary>What was executed before the file.</summary>
    public static byte[] Previous(params (Guid Server, long First, long Behind)[] executed)
    {
        var content = new List<byte>();
        void Number(long number) => content.AddRange(BitConverter.GetBytes(number));
        Number(executed.Length);
        foreach (var (server, first, behind) in executed)
        {
            content.AddRange(server.ToByteArray(bigEndian: true));
            Number(1);
            Number(first);
            Number(behind);
        }

        return Event(35, [.. content]);
    }

    /// <summary>A transaction of two events: that of its GTID, and rows of 30 bytes.</summary>
    public static byte[] Transaction(Guid server, long number, uint at = 0)
    {
        var gtid = new byte[50];
        server.TryWriteBytes(gtid.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(gtid.AsSpan(17), number);
        gtid[49] = 19 + 50 + 4 + RowsSize;
        return [.. Event(33, gtid, at), .. Event(30, new byte[30])];
    }

    /// <summary>An event, written at a time in s since the epoch.</summary>
    public static byte[] Event(byte type, byte[] content, uint at = 0)
    {
        var bytes = new byte[19 + content.Length + 4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, at);
        bytes[4] = type;
        bytes[5] = 7;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), bytes.Length);
        content.CopyTo(bytes, 19);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^4), Crc32.HashToUInt32(bytes.AsSpan(..^4)));
        return bytes;
    }
}
