using Verification.Recovery;
using Verification.Tests.Unit.Gate;
using Xunit;
using static Verification.Tests.Unit.Recovery.BinaryLogBytes;

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
            File([.. Start(), .. Previous((Guid.Parse(Other), 1, 5), (Server, 1, 3)), .. Transaction(Server, 3), .. Transaction(Server, 4)])
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
        byte[] whole = [.. Start(), .. Previous(), .. Transaction(Server, 1), .. Transaction(Server, 2)];
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
        var file = File(damage([.. Start(), .. Previous(), .. Transaction(Server, 1)]));

        var error = Assert.Throws<ChainBrokenException>(() => BinaryLog.Read(file));

        Assert.StartsWith(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private string File(byte[] content)
    {
        var path = Path.Combine(folder.Path, "binlog.000001");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
