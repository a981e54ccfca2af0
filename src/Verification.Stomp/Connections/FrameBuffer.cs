using System.Buffers;

namespace Verification.Stomp;

/// <summary>Frames waiting to be written, one after the other in one array; a frame that fails while being encoded can be cut off
/// again.</summary>
internal sealed class FrameBuffer : IBufferWriter<byte>
{
    private byte[] bytes = new byte[16 * 1024];

    /// <summary>Bytes held.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes held.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Keeps the first bytes alone.</summary>
    public void CutTo(int length) => Length = length;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(Length);
    }

    private void Reserve(int size)
    {
        var needed = Length + Math.Max(size, 1);
        if (needed > bytes.Length)
            Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
    }
}
