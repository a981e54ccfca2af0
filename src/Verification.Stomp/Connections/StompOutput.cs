using System.Buffers;

namespace Verification.Stomp;

/// <summary>The sending side: frames are written into a buffer at once, and a single loop sends what has gathered, so that many small
/// frames share a
/// system call. Whoever finds too much unsent waits for room.</summary>
/// <param name="stream">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed class StompOutput(Stream stream, TimeProvider time) : IDisposable
{
    /// <summary>Bytes that may gather while as many are on their way: 1 MiB in all, and a frame.</summary>
    internal const int MostGathered = 512 * 1024;

    private readonly Lock writing = new();
    private readonly SemaphoreSlim gathered = new(0, 1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private FrameBuffer filling = new();
    private FrameBuffer sending = new();
    private TaskCompletionSource? room;
    private int queued;
    private bool signalled;
    private bool disposed;

    /// <summary>Timestamp of the last send.</summary>
    public long LastSent { get; private set; } = time.GetTimestamp();

    /// <summary>Bytes that the operating system has not taken.</summary>
    public int Unsent
    {
        get
        {
            lock (writing)
                return filling.Length + sending.Length;
        }
    }

    /// <summary>Whether the next frame may be written at once: there is room, and nobody waits for it.</summary>
    public bool HasRoom => Volatile.Read(ref queued) == 0 && filling.Length < MostGathered;

    /// <summary>Waits for room, behind all who wait already. Must be followed by <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref queued);
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await RoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                turn.Release();
                throw;
            }
        }
        catch
        {
            Interlocked.Decrement(ref queued);
            throw;
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref queued);
        turn.Release();
    }

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
                room?.TrySetResult();
                room = null;
            }

            await stream.WriteAsync(sending.Written, cancellationToken).ConfigureAwait(false);
            sending.CutTo(0);
            LastSent = time.GetTimestamp();
        }
    }

    private Task RoomAsync()
    {
        lock (writing)
        {
            if (filling.Length < MostGathered)
                return Task.CompletedTask;
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task;
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
