using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Components.Brokers;

namespace Verification.Chaos.Faults;

/// <summary>A message that is no buff lies in the queue, and soon in the dead-letter queue; it heals by being taken out of that.</summary>
public sealed class NoBuffFault : IFault
{
    private readonly AttachedStack stack;
    private readonly StackInstance broker;

    internal NoBuffFault(AttachedStack stack, StackInstance broker) => (this.stack, this.broker) = (stack, broker);

    /// <inheritdoc />
    public string Name => "no-buff";

    /// <inheritdoc />
    public string Target => broker.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var connection = await BrokerConnections.ConnectAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection
            .SendAsync(Contract.Queue, "no buff"u8.ToArray(), [new("persistent", "true")], cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var management = await stack.BrokerAsync(broker, cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        var letters = (await management.QueueAsync(Contract.DeadLetterQueue, cancellationToken).ConfigureAwait(false)).Messages;
        return letters > 0 ? $"{letters} messages in {Contract.DeadLetterQueue}" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        QueuedMessages.TakeAsync(stack.BrokerOptions(broker), Contract.DeadLetterQueue, cancellationToken);
}
