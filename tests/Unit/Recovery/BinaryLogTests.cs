using System.Buffers.Binary;
using System.IO.Hashing;
using Verification.Recovery;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class BinaryLogTests : IDisposable
{
    private const string Source = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Other = "bbbbbbbb-0000-0000-0000-000000000002";
    private static readonly Guid Server = Guid.Parse(Source);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_tells_what_was_before_it_what_is_in_it_and_who_wrote_it()
    {
        var log = BinaryLog.Read(
            File([.. Start(), .. Previous((Guid.Parse(Other), 1, 5), (Server, 1, 3)), .. Transaction(3), .. Transaction(4)])
        );

        Assert.Equal($"{Source}:1-2,{Other}:1-4", log.Before.ToString());
        Assert.Equal($"{Source}:3-4", log.Own.ToString());
        Assert.Equal([7u], log.ServerIds);
        Assert.Null(log.Torn);
    }

    [Fact]
    public void A_file_that_its_server_still_writes_is_read_like_another() =>
        Assert.Equal("", BinaryLog.Read(File([.. Start(inUse: true), .. Previous()])).Own.ToString());

    [Fact]
    public void A_transaction_of_which_a_part_is_there_is_named_and_not_counted()
    {
        byte[] whole = [.. Start(), .. Previous(), .. Transaction(1), .. Transaction(2)];
        var log = BinaryLog.Read(File(whole[..^RowsSize]));

        Assert.Equal($"{Source}:1", log.Own.ToString());
        Assert.Equal($"{Source}:2", log.Torn);
    }

    public static TheoryData<string, Func<byte[], byte[]>> Defects =>
        new()
        {
            { "is cut: it ends in the event", whole => whole[..^3] },
            { "is cut: it ends in the head", whole => whole[..^(RowsSize - 5)] },
            { "has another checksum", whole => [.. whole[..^9], (byte)(whole[^9] ^ 1), .. whole[^8..]] },
            { "no binary log", whole => [0xfd, .. whole[1..]] },
            { "does not say what was executed before it", whole => whole[..4] },
            { "without a GTID", whole => [.. whole, .. Event(34, new byte[40])] },
            { "with tags", _ => [.. Start(), .. Event(35, [0, 0, 0, 0, 0, 0, 0, 1])] },
        };

    [Theory]
    [MemberData(nameof(Defects))]
    public void What_is_wrong_with_a_file_is_told_in_a_sentence_that_names_it(string sentence, Func<byte[], byte[]> damage)
    {
        var file = File(damage([.. Start(), .. Previous(), .. Transaction(1)]));

        var error = Assert.Throws<ChainBrokenException>(() => BinaryLog.Read(file));

        Assert.StartsWith(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private const int RowsSize = 19 + 30 + 4;

    private string File(byte[] content)
    {
        var path = Path.Combine(folder.Path, "binlog.000001");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Start(bool inUse = false)
    {
        var start = Event(15, new byte[60]);
        // The checksum is that of the file once it is closed.
        if (inUse)
            start[17] |= 1;
        return [0xfe, (byte)'b', (byte)'i', (byte)'n', .. start];
    }

    private static byte[] Previous(params (Guid Server, long First, long Behind)[] executed)
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
    private static byte[] Transaction(long number)
    {
        var gtid = new byte[50];
        Server.TryWriteBytes(gtid.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(gtid.AsSpan(17), number);
        gtid[49] = 19 + 50 + 4 + RowsSize;
        return [.. Event(33, gtid), .. Event(30, new byte[30])];
    }

    private static byte[] Event(byte type, byte[] content)
    {
        var bytes = new byte[19 + content.Length + 4];
        bytes[4] = type;
        bytes[5] = 7;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), bytes.Length);
        content.CopyTo(bytes, 19);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^4), Crc32.HashToUInt32(bytes.AsSpan(..^4)));
        return bytes;
    }
}
