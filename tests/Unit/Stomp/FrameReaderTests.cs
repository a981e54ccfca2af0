using System.Buffers;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public class FrameReaderTests
{
    [Fact]
    public void The_first_of_repeated_headers_counts()
    {
        var frame = Wire.ReadOne("MESSAGE\nfoo:World\nfoo:Hello\n\n\0");

        Assert.Equal("World", frame.Headers["foo"]);
        Assert.Equal(2, frame.Headers.Count);
    }

    [Fact]
    public void Escapes_are_undone_in_names_and_values() =>
        Assert.Equal("a:b\nc\rd\\e", Wire.ReadOne("MESSAGE\nk\\c:a\\cb\\nc\\rd\\\\e\n\n\0").Headers["k:"]);

    [Fact]
    public void Headers_of_CONNECTED_are_taken_as_they_are() =>
        Assert.Equal("ID:host\\c1", Wire.ReadOne("CONNECTED\nsession:ID:host\\c1\n\n\0").Headers["session"]);

    [Fact]
    public void Lines_may_end_in_carriage_return_and_line_feed()
    {
        var frame = Wire.ReadOne("\r\nMESSAGE\r\nfoo:bar\r\n\r\nbody\r\n\0");

        Assert.Equal("bar", frame.Headers["foo"]);
        Assert.Equal(Wire.Bytes("body\r\n"), frame.Body.ToArray());
    }

    [Fact]
    public void A_body_with_length_may_hold_NUL() =>
        Assert.Equal(new byte[] { 97, 0, 98 }, Wire.ReadOne("MESSAGE\ncontent-length:3\n\na\0b\0").Body.ToArray());

    [Fact]
    public void A_body_without_length_that_came_in_pieces_does_not_disturb_the_next_frame()
    {
        var frames = Wire.Read([
            Wire.Bytes("MESSAGE\n\na long body, most of which has come"),
            Wire.Bytes("\0\nRECEIPT\nreceipt-id:7\n\n\0"),
        ]);

        Assert.Equal(["MESSAGE", "RECEIPT"], frames.Select(frame => frame.Command));
        Assert.Equal("7", frames[1].Headers["receipt-id"]);
    }

    [Theory]
    [InlineData("HELLO\n\n\0", "command")]
    [InlineData("GET / HTTP/1.1\n", "command")]
    [InlineData("MESSAGE\nno colon\n\n\0", "colon")]
    [InlineData("MESSAGE\n:no name\n\n\0", "name")]
    [InlineData("MESSAGE\na:b\rc\n\n\0", "carriage return")]
    [InlineData("MESSAGE\na:b\\t\n\n\0", "escape")]
    [InlineData("MESSAGE\na:b\\\n\n\0", "escape")]
    [InlineData("MESSAGE\ncontent-length:x\n\n\0", "content-length")]
    [InlineData("MESSAGE\ncontent-length:-1\n\n\0", "content-length")]
    [InlineData("MESSAGE\ncontent-length:+1\n\nx\0", "content-length")]
    [InlineData("MESSAGE\ncontent-length:\n\n\0", "content-length")]
    [InlineData("MESSAGE\ncontent-length:1\n\nabc\0", "NUL")]
    [InlineData("RECEIPT\nreceipt-id:1\n\nbody\0", "body")]
    public void What_is_no_STOMP_is_refused_with_its_reason(string text, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<StompProtocolException>(() => Wire.Read([Wire.Bytes(text)])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_header_that_is_no_UTF8_is_refused() =>
        Assert.Throws<StompProtocolException>(() =>
            Wire.Read([
                [.. Wire.Bytes("MESSAGE\na:"), 0xff, 0xfe, .. Wire.Bytes("\n\n\0")],
            ])
        );

    [Fact]
    public void A_frame_may_hold_as_much_as_the_limits_say_and_no_more()
    {
        var limits = new StompLimits(MaxHeaders: 2, MaxHeaderLine: 5, MaxBody: 3);

        Assert.Equal(3, Wire.ReadOne("MESSAGE\na:b\nab:cd\n\nxyz\0", limits).Body.Length);
        Assert.Contains("2 headers", Refusal("MESSAGE\na:b\na:b\na:b\n", limits), StringComparison.Ordinal);
        Assert.Contains("5 bytes", Refusal("MESSAGE\nab:cdef\n", limits), StringComparison.Ordinal);
        Assert.Contains("3 bytes", Refusal("MESSAGE\n\nwxyz\0", limits), StringComparison.Ordinal);
    }

    [Fact]
    public void An_announced_body_beyond_the_limit_is_refused_before_it_comes() =>
        Assert.Contains("3 bytes", Refusal("MESSAGE\ncontent-length:4\n", new StompLimits(MaxBody: 3)), StringComparison.Ordinal);

    private static string Refusal(string text, StompLimits limits) =>
        Assert.Throws<StompProtocolException>(() => Wire.Read([Wire.Bytes(text)], limits)).Message;

    [Fact]
    public void Receipts_are_read_alike_in_whatever_pieces_they_come()
    {
        var bytes = Wire.Bytes(
            "\nRECEIPT\nreceipt-id:7\n\n\0\nRECEIPT\nreceipt-id:12345\n\n\0\n\nRECEIPT\r\nreceipt-id:8\r\n\r\n\0RECEIPT\nreceipt-id:9\nmore:x\n\n\0RECEIPT\nreceipt-id:10\n\n\0"
        );

        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
                Assert.Equal(["7", "12345", "8", "9", "10"], Receipts([bytes[..first], bytes[first..second], bytes[second..]]));
        }
    }

    /// <summary>Reads receipts as a connection does: what is not taken at once is read as a frame. All that has come lies in one piece of
    /// memory.</summary>
    private static List<string?> Receipts(IEnumerable<byte[]> pieces)
    {
        var reader = new StompFrameReader(StompLimits.Default);
        var receipts = new List<string?>();
        byte[] held = [];
        foreach (var piece in pieces)
        {
            var bytes = new ReadOnlySequence<byte>([.. held, .. piece]);
            while (true)
            {
                if (reader.TryReadReceipt(ref bytes, out var receipt))
                    receipts.Add($"{receipt}");
                else if (reader.Read(ref bytes) is { } frame)
                    receipts.Add(frame.Headers["receipt-id"]);
                else
                    break;
            }

            held = bytes.ToArray();
        }

        return receipts;
    }
}
