namespace Verification.Stack.Images;

/// <summary>A stream read once from front to back whose size is known: what a tar writer must know to copy without buffering.</summary>
internal sealed class SizedStream(Stream inner, long length) : Stream
{
    private long read;

    public override bool CanRead => true;

    /// <summary>True, because size and position are known; it can't be moved all the same.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => read;
        set
        {
            if (value != read)
                throw new NotSupportedException("It is read from front to back.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var bytes = inner.Read(buffer, offset, count);
        read += bytes;
        return bytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        read += bytes;
        return bytes;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("It is read from front to back.");

    public override void SetLength(long value) => throw new NotSupportedException("It is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is only read.");
}
