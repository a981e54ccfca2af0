using System.Buffers;
using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

/// <summary>Frames as bytes, and bytes as frames that arrive in pieces.</summary>
internal static class Wire
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Bytes(params StompFrame[] frames)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var frame in frames)
            StompFrameWriter.Write(output, frame);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads all frames of pieces that arrive one after the other, each in a memory segment of its own.</summary>
    public static List<StompFrame> Read(IEnumerable<byte[]> pieces, StompLimits? limits = null)
    {
        var reader = new StompFrameReader(limits ?? StompLimits.Default);
        var frames = new List<StompFrame>();
        var held = new List<byte[]>();
        foreach (var piece in pieces)
        {
            held.Add(piece);
            var bytes = Piece.Sequence(held);
            while (reader.Read(ref bytes) is { } frame)
                frames.Add(frame);
            held = [.. Piece.Segments(bytes)];
        }

        return frames;
    }

    public static StompFrame ReadOne(string text, StompLimits? limits = null) => Assert.Single(Read([Bytes(text)], limits));

    /// <summary>Cuts bytes at the given places, in any order.</summary>
    public static IEnumerable<byte[]> Cut(byte[] bytes, IEnumerable<int> places)
    {
        var from = 0;
        foreach (var place in places.Select(place => place % (bytes.Length + 1)).Order())
        {
            yield return bytes[from..place];
            from = place;
        }

        yield return bytes[from..];
    }

    /// <summary>What makes two frames equal, for a message that can be read: command, headers without content-length, body.</summary>
    public static string Describe(StompFrame frame) =>
        $"{frame.Command}|{string.Join('|', frame.Headers.Where(header => header.Key != "content-length").Select(header => $"{header.Key}={header.Value}"))}|{Convert.ToHexString(frame.Body.Span)}";

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        private Piece(byte[] bytes, long before)
        {
            Memory = bytes;
            RunningIndex = before;
        }

        public static ReadOnlySequence<byte> Sequence(List<byte[]> pieces)
        {
            var first = new Piece(pieces[0], 0);
            var last = first;
            foreach (var bytes in pieces.Skip(1))
            {
                var next = new Piece(bytes, last.RunningIndex + last.Memory.Length);
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }

        public static IEnumerable<byte[]> Segments(ReadOnlySequence<byte> bytes)
        {
            foreach (var memory in bytes)
            {
                if (!memory.IsEmpty)
                    yield return memory.ToArray();
            }
        }
    }
}
