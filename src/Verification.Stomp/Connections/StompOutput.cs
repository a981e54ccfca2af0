using System.Buffers;

namespace Verification.Stomp;

/// <summary>The sending side: frames are written into a buffer at once, and a single loop sends what has gathered, so that many small frames share a system call.</summary>
/// <param name="stream">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed class StompOutput(Stream stream, TimeProvider time) : IDisposable
{
    private readonly Lock writing = new();
    private readonly SemaphoreSlim gathered = new(0, 1);
    private FrameBuffer filling = new();
    private FrameBuffer sending = new();
    private bool signalled;
    private bool disposed;

    /// <summary>Timestamp of the last send.</summary>
    public long LastSent { get; private set; } = time.GetTimestamp();

    /// <summary>Writes into the buffer; what is written in one call stays together. If it fails, nothing of it is sent.</summary>
    public void Write<TState>(Action<IBufferWriter<byte>, TState> write, TState state)
    {
        lock (writing)
        {
            if (disposed)
                return;
            Append(write, state);
            if (signalled)
                return;
            signalled = true;
            gathered.Release();
        }
    }

    /// <summary>Sends what gathers, until cancelled or the stream fails.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await gathered.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (writing)
            {
                (filling, sending) = (sending, filling);
                signalled = false;
            }

            await stream.WriteAsync(sending.Written, cancellationToken).ConfigureAwait(false);
            sending.CutTo(0);
            LastSent = time.GetTimestamp();
        }
    }

    private void Append<TState>(Action<IBufferWriter<byte>, TState> write, TState state)
    {
        var whole = filling.Length;
        try
        {
            write(filling, state);
        }
        catch
        {
            filling.CutTo(whole);
            throw;
        }
    }

    public void Dispose()
    {
        lock (writing)
        {
            disposed = true;
            gathered.Dispose();
        }
    }
}
