using System.Buffers;
using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public class FrameWriterTests
{
    [Fact]
    public void A_frame_is_written_as_the_specification_has_it() =>
        Assert.Equal(
            "SEND\ndestination:a\\cb\\\\\\r\\n\ncontent-length:2\n\nhi\0",
            Encoding.UTF8.GetString(
                Wire.Bytes(new StompFrame(StompCommand.Send, new StompHeaders { { "destination", "a:b\\\r\n" } }, Wire.Bytes("hi")))
            )
        );

    [Fact]
    public void Headers_of_CONNECT_are_not_escaped() =>
        Assert.Equal(
            "CONNECT\npasscode:a\\b:c\n\n\0",
            Encoding.UTF8.GetString(
                Wire.Bytes(new StompFrame(StompCommand.Connect, new StompHeaders { { "passcode", "a\\b:c" } }, default))
            )
        );

    [Theory]
    [InlineData("passcode", "a\nb")]
    [InlineData("passcode", "a\rb")]
    [InlineData("pass:code", "a")]
    public void A_header_of_CONNECT_that_would_need_escaping_is_refused(string name, string value) =>
        Assert.Throws<ArgumentException>(() =>
            Wire.Bytes(new StompFrame(StompCommand.Connect, new StompHeaders { { name, value } }, default))
        );

    [Fact]
    public void A_body_is_refused_where_none_may_be() =>
        Assert.Throws<ArgumentException>(() => Wire.Bytes(new StompFrame(StompCommand.Ack, new StompHeaders(), Wire.Bytes("x"))));

    [Fact]
    public void A_body_with_NUL_is_refused_without_length() =>
        Assert.Throws<ArgumentException>(() =>
            StompFrameWriter.Write(
                new ArrayBufferWriter<byte>(),
                new StompFrame(StompCommand.Send, new StompHeaders(), new byte[] { 0 }),
                withLength: false
            )
        );
}
