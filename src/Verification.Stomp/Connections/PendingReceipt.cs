using System.Threading.Tasks.Sources;

namespace Verification.Stomp;

/// <summary>A call that waits for its receipt. Once the call has taken its result, the object serves the next one.</summary>
/// <param name="owner">Knows all that wait; whoever takes a receipt from there ends it, so that each is ended once.</param>
internal sealed class PendingReceipt(PendingReceipts owner) : IValueTaskSource
{
    // A caller goes on in a thread of its own: not in the loop that reads.
    private ManualResetValueTaskSourceCore<bool> source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration cancellation;
    private CancellationToken cancelledBy;

    /// <summary>Its number in the conversation.</summary>
    public long Id { get; private set; }

    /// <summary>The command that is to be confirmed.</summary>
    public string Command { get; private set; } = "";

    /// <summary>Timestamp at which it has waited long enough.</summary>
    public long Deadline { get; private set; }

    /// <summary>Takes it into use.</summary>
    public void Begin(long id, string command, long deadline)
    {
        source.Reset();
        Id = id;
        Command = command;
        Deadline = deadline;
    }

    /// <summary>Waits for the receipt, or for whatever else ends it.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var waiting = new ValueTask(this, source.Version);
        if (cancellationToken.CanBeCanceled)
        {
            cancelledBy = cancellationToken;
            cancellation = cancellationToken.UnsafeRegister(static receipt => ((PendingReceipt)receipt!).Cancel(), this);
        }

        return waiting;
    }

    /// <summary>The broker has confirmed.</summary>
    public void Succeed() => source.SetResult(true);

    /// <summary>No receipt will come.</summary>
    public void Fail(Exception cause) => source.SetException(cause);

    /// <inheritdoc/>
    public void GetResult(short token)
    {
        try
        {
            source.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation under way, so that it can't hit the next call.
            cancellation.Dispose();
            cancellation = default;
            cancelledBy = default;
            owner.Return(this);
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (owner.TryTake(Id, out _))
            Fail(new OperationCanceledException(cancelledBy));
    }
}
