using System.Threading.Channels;

namespace Verification.Stomp;

/// <summary>The messages of a queue, one after the other. The sequence ends with the conversation, by its cause.</summary>
public sealed class StompSubscription : IAsyncEnumerable<StompMessage>, IAsyncDisposable
{
    private readonly StompConnection connection;
    private readonly Channel<StompMessage> messages;
    private readonly TaskCompletionSource heldBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StompSubscription(StompConnection connection, string id, int capacity)
    {
        this.connection = connection;
        Id = id;
        messages = Channel.CreateBounded<StompMessage>(new BoundedChannelOptions(capacity) { SingleWriter = true });
    }

    /// <summary>Its id in the conversation.</summary>
    public string Id { get; }

    /// <summary>The messages as they come.</summary>
    /// <exception cref="StompException">The conversation has ended.</exception>
    public IAsyncEnumerator<StompMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        messages.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Takes a message that has come already.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StompMessage? message) =>
        messages.Reader.TryRead(out message);

    /// <summary>Unsubscribes, where the conversation still goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.UnsubscribeAsync(this, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StompException)
        {
            // With the conversation the subscription has ended, too.
        }
    }

    /// <summary>Hands a message over if there is room.</summary>
    internal bool TryDeliver(StompMessage message) => messages.Writer.TryWrite(message);

    /// <summary>Hands a message over once there is room. After the end it is dropped: not acknowledged, it goes back to the
    /// queue.</summary>
    internal async ValueTask DeliverAsync(StompMessage message, CancellationToken cancellationToken)
    {
        heldBack.TrySetResult();
        try
        {
            await messages.Writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Left while the message was on its way.
        }
    }

    /// <summary>Waits until the reader has held the connection back once.</summary>
    internal Task HeldBackAsync(TimeSpan patience) => heldBack.Task.WaitAsync(patience);

    internal void End(StompException? cause) => messages.Writer.TryComplete(cause);
}
