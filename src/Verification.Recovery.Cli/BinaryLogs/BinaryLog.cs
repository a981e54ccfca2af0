using System.Buffers.Binary;
using System.IO.Hashing;

namespace Verification.Recovery;

/// <summary>What a binary log holds. Layout: MySQL's <c>libs/mysql/binlog/event</c>.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Before">What its server had executed before it.</param>
/// <param name="Runs">The transactions that stand in it whole, in their order.</param>
/// <param name="ServerIds">Who wrote them.</param>
/// <param name="Newest">When the newest of its events was written, in s since the epoch.</param>
/// <param name="Torn">The transaction of which its end holds a part only; null where there is none.</param>
public sealed record BinaryLog(
    string Name,
    GtidSet Before,
    IReadOnlyList<GtidRun> Runs,
    IReadOnlySet<uint> ServerIds,
    uint Newest,
    string? Torn
)
{
    private const int HeaderSize = 19;
    private const int ChecksumSize = 4;
    private const int FlagsAt = 17;
    private const byte InUse = 1;
    private const byte Description = 15;
    private const byte Gtid = 33;
    private const byte Anonymous = 34;
    private const byte PreviousGtids = 35;
    private const byte TaggedGtid = 42;
    private const int LargestEvent = 1 << 30;
    private static readonly byte[] Magic = [0xfe, (byte)'b', (byte)'i', (byte)'n'];

    /// <summary>The transactions that stand in it whole.</summary>
    public GtidSet Own => Runs.Aggregate(GtidSet.Empty, (set, run) => set.With(run.Set));

    /// <summary>Reads a file whole, each event with its checksum.</summary>
    /// <exception cref="ChainBrokenException">It is damaged, cut in an event, or none that can be replayed by its transactions.</exception>
    public static BinaryLog Read(string file) => Read(file, whole: true);

    /// <summary>Reads what had been executed before a file, and no more of it.</summary>
    /// <exception cref="ChainBrokenException">It does not say so.</exception>
    public static GtidSet ReadBefore(string file) => Read(file, whole: false).Before;

    private static BinaryLog Read(string file, bool whole)
    {
        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            whole ? 1 << 20 : 1 << 12,
            FileOptions.SequentialScan
        );
        var name = Path.GetFileName(file);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (
            stream.ReadAtLeast(header[..Magic.Length], Magic.Length, throwOnEndOfStream: false) < Magic.Length
            || !header[..Magic.Length].SequenceEqual(Magic)
        )
            throw new ChainBrokenException($"{name} is no binary log, or an encrypted one.");

        GtidSet? before = null;
        var runs = new List<GtidRun>();
        var servers = new HashSet<uint>();
        var newest = 0u;
        var (open, openUntil) = ((string?)null, 0L);
        var body = Array.Empty<byte>();
        while (stream.Position < stream.Length)
        {
            var at = stream.Position;
            if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
                throw new ChainBrokenException($"{name} is cut: it ends in the head of the event at {at}.");
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header[9..]) - HeaderSize;
            if (size is < ChecksumSize or > LargestEvent)
                throw new ChainBrokenException($"{name} is damaged: the event at {at} says that it has {size} bytes.");
            if (body.Length < size)
                body = new byte[size];
            var content = body.AsSpan(0, (int)size);
            if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length)
                throw new ChainBrokenException($"{name} is cut: it ends in the event at {at}.");
            Verify(name, at, header, content);
            content = content[..^ChecksumSize];
            newest = Math.Max(newest, BinaryPrimitives.ReadUInt32LittleEndian(header));
            if (before is not null)
                servers.Add(BinaryPrimitives.ReadUInt32LittleEndian(header[5..]));
            switch (header[4])
            {
                case PreviousGtids:
                    before = Previous(name, content);
                    if (!whole)
                        return new BinaryLog(name, before, runs, servers, newest, Torn: null);
                    break;
                case Gtid:
                    var (server, number) = (
                        new Guid(content.Slice(1, 16), bigEndian: true),
                        BinaryPrimitives.ReadInt64LittleEndian(content[17..])
                    );
                    (open, openUntil) = ($"{server}:{number}", at + Length(content));
                    if (openUntil > stream.Length)
                        break;
                    if (runs is [.., var run] && run.Server == server && run.Last + 1 == number)
                        runs[^1] = run with { Last = number };
                    else
                        runs.Add(new GtidRun(server, number, number));
                    break;
                case Anonymous or TaggedGtid:
                    throw new ChainBrokenException(
                        $"{name} holds a transaction without a GTID, or with a tag, at {at}: it can't be told from others."
                    );
            }
        }

        return new BinaryLog(
            name,
            before ?? throw new ChainBrokenException($"{name} is cut: it does not say what was executed before it."),
            runs,
            servers,
            newest,
            openUntil > stream.Length ? open : null
        );
    }

    private static void Verify(string name, long at, ReadOnlySpan<byte> header, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[HeaderSize];
        header.CopyTo(head);
        // The server sets it while it writes the file, and leaves the checksum as it is.
        if (head[4] == Description)
            head[FlagsAt] &= unchecked((byte)~InUse);
        var checksum = new Crc32();
        checksum.Append(head);
        checksum.Append(content[..^ChecksumSize]);
        if (checksum.GetCurrentHashAsUInt32() != BinaryPrimitives.ReadUInt32LittleEndian(content[^ChecksumSize..]))
            throw new ChainBrokenException($"{name} is damaged: the event at {at} has another checksum than it should.");
    }

    private static GtidSet Previous(string name, ReadOnlySpan<byte> content)
    {
        var set = GtidSet.Empty;
        var servers = BinaryPrimitives.ReadInt64LittleEndian(content);
        // The upper byte is not 0 where the set has tags.
        if (servers is < 0 or > int.MaxValue)
            throw new ChainBrokenException($"{name} holds transactions with tags: they can't be replayed by this program.");
        var at = sizeof(long);
        for (var number = 0L; number < servers; number++)
        {
            var server = new Guid(content.Slice(at, 16), bigEndian: true);
            var intervals = BinaryPrimitives.ReadInt64LittleEndian(content[(at + 16)..]);
            at += 24;
            for (var interval = 0L; interval < intervals; interval++, at += 16)
                set = set.With(
                    GtidSet.Of(
                        server,
                        BinaryPrimitives.ReadInt64LittleEndian(content[at..]),
                        BinaryPrimitives.ReadInt64LittleEndian(content[(at + 8)..]) - 1
                    )
                );
        }

        return set;
    }

    /// <summary>How long a transaction is with its GTID event, in bytes: what follows the times in that event.</summary>
    private static long Length(ReadOnlySpan<byte> gtid)
    {
        const int Immediate = 42;
        const int TimeSize = 7;
        // The uppermost bit says that the time at the first server follows.
        var at = Immediate + TimeSize + ((gtid[Immediate + TimeSize - 1] & 0x80) != 0 ? TimeSize : 0);
        return gtid[at] switch
        {
            < 251 => gtid[at],
            252 => BinaryPrimitives.ReadUInt16LittleEndian(gtid[(at + 1)..]),
            253 => BinaryPrimitives.ReadUInt16LittleEndian(gtid[(at + 1)..]) | (long)gtid[at + 3] << 16,
            _ => BinaryPrimitives.ReadInt64LittleEndian(gtid[(at + 1)..]),
        };
    }
}
