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

    // What is in a consumer's hand does not come out, however long one waits.
    private static readonly TimeSpan PurgeDeadline = TimeSpan.FromSeconds(2);
    private const int PurgeCapacity = 256;
    private readonly AttachedStack stack;
    private readonly StackInstance? broker;
    private readonly ScenarioHistory history;

    internal BuffQueue(AttachedStack stack, StackInstance? broker, ScenarioHistory history) =>
        (this.stack, this.broker, this.history) = (stack, broker, history);

    /// <summary>Waits until the queue holds nothing, neither waiting nor in a consumer's hand. A fence alone does not do: what a dead
    /// consumer had in hand comes back when the
    /// broker notices the death, and that may be behind the fence.</summary>
    /// <returns>How many messages the broker still gives to nobody; 0 where it does not tell.</returns>
    public async Task<long> HeldBackAsync(CancellationToken cancellationToken)
    {
        long? queued = null;
        try
        {
            await Eventually
                .IsTrueAsync(
                    "the queue is empty",
                    HandedOutDeadline,
                    async ct => (queued = await MessagesAsync(Contract.Queue, ct).ConfigureAwait(false)) == 0,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return 0;
        }
        catch (StateNotSeenException)
        {
            return queued ?? 0;
        }
    }

    /// <summary>How many messages the queue holds, waiting or in a consumer's hand. The history has the look.</summary>
    /// <exception cref="ManagementRefusedException">The broker does not tell.</exception>
    public async Task<long> LookAsync(CancellationToken cancellationToken)
    {
        var since = history.Now;
        var serving = await ServingAsync(cancellationToken).ConfigureAwait(false);
        var management = await stack.BrokerAsync(serving, cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        var messages = (await management.QueueAsync(Contract.Queue, cancellationToken).ConfigureAwait(false)).Messages;
        history.Observe(Drain.Look, serving.Name, since, messages);
        return messages;
    }

    /// <summary>Takes out all that no Server could store.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task<IReadOnlyList<QueuedMessage>> TakeDeadLettersAsync(CancellationToken cancellationToken) =>
        TakeAsync("dead-letters", Contract.DeadLetterQueue, cancellationToken);

    /// <summary>Takes out all that waits for a Server, while none is there to take it.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task<IReadOnlyList<QueuedMessage>> TakeWaitingAsync(CancellationToken cancellationToken) =>
        TakeAsync("waiting", Contract.Queue, cancellationToken);

    private async Task<IReadOnlyList<QueuedMessage>> TakeAsync(string what, string queue, CancellationToken cancellationToken)
    {
        stack.RequireDestructive("take messages out");
        var since = history.Now;
        var serving = await ServingAsync(cancellationToken).ConfigureAwait(false);
        var taken = await QueuedMessages.TakeAsync(stack.BrokerOptions(serving), queue, cancellationToken).ConfigureAwait(false);
        history.Observe(what, serving.Name, since, taken.Count);
        return taken;
    }

    /// <summary>Takes out all that waits in the queue, and all that no Server could store: nothing of it reaches whoever consumes next.
    /// What a consumer has in hand stays with it.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive("purge the queue");
        if (await MessagesAsync(Contract.Queue, cancellationToken).ConfigureAwait(false) > 0)
            await TakeOutAsync(Contract.Queue, cancellationToken).ConfigureAwait(false);
        // A broker may tell nothing of a queue that nobody has used yet.
        await TakeOutAsync(Contract.DeadLetterQueue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects to the broker that has the queue, and asks nothing.</summary>
    /// <exception cref="StompException">It can't be reached, or refuses.</exception>
    internal async Task ReachAsync(CancellationToken cancellationToken)
    {
        var serving = await ServingAsync(cancellationToken).ConfigureAwait(false);
        var connection = await StompClient.ConnectAsync(stack.BrokerOptions(serving), cancellationToken).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The instance that has the queue now.</summary>
    internal Task<StackInstance> ServingAsync(CancellationToken cancellationToken) =>
        broker is null ? stack.PrimaryAsync(InstanceRole.Broker, cancellationToken) : Task.FromResult(broker);

    /// <summary>Whether the broker has a queue for what no Server can store.</summary>
    public async Task<bool> HasDeadLetterQueueAsync(CancellationToken cancellationToken) =>
        await FiguresAsync(Contract.DeadLetterQueue, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Consumes beside whoever else does, until a queue is empty or only holds what others have in hand.</summary>
    private async Task TakeOutAsync(string queue, CancellationToken cancellationToken)
    {
        var serving = await ServingAsync(cancellationToken).ConfigureAwait(false);
        var connection = await StompClient.ConnectAsync(stack.BrokerOptions(serving), cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        try
        {
            await using var subscription = await connection.SubscribeAsync(
                queue,
                StompAcknowledge.ClientIndividual,
                null,
                PurgeCapacity,
                cancellationToken
            );
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var taking = TakeAsync(connection, subscription, end.Token);
            try
            {
                await Eventually
                    .IsTrueAsync(
                        $"{queue} is empty",
                        PurgeDeadline,
                        async ct => await MessagesAsync(queue, ct).ConfigureAwait(false) == 0,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (StateNotSeenException)
            {
                // The rest is in a consumer's hand.
            }

            await end.CancelAsync().ConfigureAwait(false);
            if (await taking.ConfigureAwait(false) is > 0 and var taken)
                history.Event("purge", serving.Name, $"{taken} messages taken out of {queue}");
        }
        catch (StompErrorException)
        {
            // The broker has no such queue: nothing lies in it.
        }
    }

    /// <summary>Takes messages until it is ended.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> TakeAsync(StompConnection connection, StompSubscription subscription, CancellationToken end)
    {
        var taken = 0;
        try
        {
            await foreach (var message in subscription.WithCancellation(end).ConfigureAwait(false))
            {
                await connection.AckAsync(message, end).ConfigureAwait(false);
                taken++;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nothing more comes.
        }

        return taken;
    }

    /// <summary>What lies in the queue between both services now; null where the broker refuses to tell.</summary>
    internal Task<QueueFigures?> TellAsync(CancellationToken cancellationToken) => FiguresAsync(Contract.Queue, cancellationToken);

    /// <summary>Messages in a queue, waiting or in hand; 0 where the broker refuses to tell.</summary>
    internal async Task<long> MessagesAsync(string queue, CancellationToken cancellationToken) =>
        (await FiguresAsync(queue, cancellationToken).ConfigureAwait(false))?.Messages ?? 0;

    /// <summary>What the broker tells of a queue; null where it refuses, or has none of that name. One that is not reached throws, and is
    /// asked again.</summary>
    private async Task<QueueFigures?> FiguresAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var management = await stack
                .BrokerAsync(await ServingAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            await using var disposal = management.ConfigureAwait(false);
            return await management.QueueAsync(queue, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StompErrorException or ManagementRefusedException)
        {
            return null;
        }
    }
}
