using System.Buffers;
using CsCheck;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

/// <summary>What holds for every frame, every split and every garbage.</summary>
public class FramePropertyTests
{
    private static readonly StompLimits Small = new(MaxHeaders: 4, MaxHeaderLine: 32, MaxBody: 64);

    // Characters that have a meaning on the wire come often; lone surrogates are no text.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String["ab:\\\r\n\0 \u00e4\u4e2d"],
        Gen.String.Where(text => !text.Any(char.IsSurrogate)),
        Gen.Const("\U0001F600")
    );

    private static readonly Gen<string> Name = Text.Where(text => text.Length > 0);

    private static readonly Gen<StompFrame> Frame =
        from command in AnyOf(
            StompCommand.Send,
            StompCommand.Message,
            StompCommand.Error,
            StompCommand.Receipt,
            StompCommand.Ack,
            StompCommand.Subscribe
        )
        from headers in Gen.Select(Name, Text).Array[0, 6]
        from body in Gen.OneOf(Gen.Byte.Array[0, 60], AnyOf<byte>(0, 10, 13, 58, 92).Array[0, 20])
        select new StompFrame(
            command,
            Headers(headers),
            command is StompCommand.Send or StompCommand.Message or StompCommand.Error ? body : default
        );

    [Fact]
    public void A_frame_is_read_as_it_was_written() =>
        Frame.Sample(frame => Assert.Equal(Wire.Describe(frame), Wire.Describe(Assert.Single(Wire.Read([Wire.Bytes(frame)])))));

    [Fact]
    public void Frames_are_the_same_however_their_bytes_are_split() =>
        Gen.Select(Frame.Array[1, 4], Gen.Int[0, 100_000].Array[0, 12])
            .Sample(
                (frames, places) =>
                    Assert.Equal(frames.Select(Wire.Describe), Wire.Read(Wire.Cut(Wire.Bytes(frames), places)).Select(Wire.Describe))
            );

    [Fact]
    public void Frames_without_length_and_with_heart_beats_between_are_the_same_however_their_bytes_are_split() =>
        Gen.Select(
                Frame.Where(frame => !frame.Body.Span.Contains((byte)0)).Array[1, 4],
                AnyOf("", "\n", "\r\n", "\n\n\r\n"),
                Gen.Int[0, 100_000].Array[0, 12]
            )
            .Sample(
                (frames, beats, places) =>
                {
                    var output = new ArrayBufferWriter<byte>();
                    foreach (var frame in frames)
                    {
                        StompFrameWriter.Write(output, frame, withLength: false);
                        output.Write(Wire.Bytes(beats));
                    }

                    Assert.Equal(
                        frames.Select(Wire.Describe),
                        Wire.Read(Wire.Cut(output.WrittenSpan.ToArray(), places)).Select(Wire.Describe)
                    );
                }
            );

    [Fact]
    public void Garbage_is_refused_as_such_or_awaits_more_and_nothing_is_held_beyond_the_limits() =>
        Garbage()
            .Sample(
                (bytes, places) =>
                {
                    var reader = new StompFrameReader(Small);
                    var held = new ReadOnlySequence<byte>();
                    try
                    {
                        foreach (var piece in Wire.Cut(bytes, places))
                        {
                            held = new ReadOnlySequence<byte>([.. held.ToArray(), .. piece]);
                            while (reader.Read(ref held) is { } frame)
                                Assert.True(
                                    frame.Body.Length <= Small.MaxBody && frame.Headers.Count <= Small.MaxHeaders,
                                    Wire.Describe(frame)
                                );
                            Assert.True(held.Length <= Small.MaxBody + 1, $"{held.Length} bytes are held back");
                        }
                    }
                    catch (StompProtocolException)
                    {
                        // Refused as what it is.
                    }
                }
            );

    /// <summary>Bytes at random, and good frames with one byte changed.</summary>
    private static Gen<(byte[] Bytes, int[] Places)> Garbage() =>
        Gen.Select(
            Gen.OneOf(
                Gen.Byte.Array[0, 300],
                AnyOf(
                    "SEND\n",
                    "MESSAGE\n",
                    "content-length:",
                    "99999999999",
                    "7",
                    "-1",
                    ":",
                    "\0",
                    "\r",
                    "\n",
                    "a:b\n",
                    "\\x",
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaa"
                )
                    .Array[1, 40]
                    .Select(parts => Wire.Bytes(string.Concat(parts))),
                Gen.Select(
                    Frame,
                    Gen.Int[0, 100_000],
                    Gen.Byte,
                    (frame, place, value) =>
                    {
                        var bytes = Wire.Bytes(frame);
                        bytes[place % bytes.Length] = value;
                        return bytes;
                    }
                )
            ),
            Gen.Int[0, 100_000].Array[0, 20]
        );

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static StompHeaders Headers((string, string)[] pairs)
    {
        var headers = new StompHeaders();
        foreach (var (name, value) in pairs)
        {
            if (name != "content-length")
                headers.Add(name, value);
        }

        return headers;
    }
}
