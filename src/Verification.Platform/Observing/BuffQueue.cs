using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Platform;

/// <summary>The queue between both services: in one instance of the broker, or in the one that serves.</summary>
public sealed class BuffQueue
{
    // Longer than a broker needs to notice that a consumer's heart-beats of 2 s have ended.
    internal static readonly TimeSpan HandedOutDeadline = TimeSpan.FromSeconds(8);
    private readonly AttachedStack stack;
    private readonly StackInstance? broker;
    private readonly ScenarioHistory history;

    internal BuffQueue(AttachedStack stack, StackInstance? broker, ScenarioHistory history) => (this.stack, this.broker, this.history) = (stack, broker, history);

    /// <summary>Waits until the queue holds nothing, neither waiting nor in a consumer's hand. A fence alone does not do: what a dead consumer had in hand comes back when the
    /// broker notices the death, and that may be behind the fence.</summary>
    /// <returns>How many messages the broker still gives to nobody; 0 where it does not tell.</returns>
    internal async Task<long> HeldBackAsync(CancellationToken cancellationToken)
    {
        long? queued = null;
        try
        {
            await Eventually.IsTrueAsync("the queue is empty", HandedOutDeadline, async ct => (queued = await MessagesAsync(ct).ConfigureAwait(false)) == 0, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (StateNotSeenException)
        {
            return queued ?? 0;
        }
    }

    /// <summary>Takes out all that no Server could store.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task<IReadOnlyList<QueuedMessage>> TakeDeadLettersAsync(CancellationToken cancellationToken) => TakeAsync("dead-letters", Contract.DeadLetterQueue, cancellationToken);

    /// <summary>Takes out all that waits for a Server, while none is there to take it.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task<IReadOnlyList<QueuedMessage>> TakeWaitingAsync(CancellationToken cancellationToken) => TakeAsync("waiting", Contract.Queue, cancellationToken);

    private async Task<IReadOnlyList<QueuedMessage>> TakeAsync(string what, string queue, CancellationToken cancellationToken)
    {
        stack.RequireDestructive("take messages out");
        var since = history.Now;
        var serving = await ServingAsync(cancellationToken).ConfigureAwait(false);
        var taken = await QueuedMessages.TakeAsync(stack.BrokerOptions(serving), queue, cancellationToken).ConfigureAwait(false);
        history.Observe(what, serving.Name, since, taken.Count);
        return taken;
    }

    /// <summary>The instance that has the queue now.</summary>
    internal Task<StackInstance> ServingAsync(CancellationToken cancellationToken) =>
        broker is null ? stack.PrimaryAsync(InstanceRole.Broker, cancellationToken) : Task.FromResult(broker);

    /// <summary>Whether the broker has a queue for what no Server can store.</summary>
    public async Task<bool> HasDeadLetterQueueAsync(CancellationToken cancellationToken) => await FiguresAsync(Contract.DeadLetterQueue, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Messages in the queue, waiting or in hand; 0 where the broker refuses to tell.</summary>
    private async Task<long> MessagesAsync(CancellationToken cancellationToken) => (await FiguresAsync(Contract.Queue, cancellationToken).ConfigureAwait(false))?.Messages ?? 0;

    /// <summary>What the broker tells of a queue; null where it refuses, or has none of that name. One that is not reached throws, and is asked again.</summary>
    private async Task<QueueFigures?> FiguresAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var management = await stack.BrokerAsync(await ServingAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await using var disposal = management.ConfigureAwait(false);
            return await management.QueueAsync(queue, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StompErrorException or ManagementRefusedException)
        {
            return null;
        }
    }
}
