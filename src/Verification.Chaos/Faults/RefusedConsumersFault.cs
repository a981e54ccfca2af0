using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Components.Artemis;

namespace Verification.Chaos.Faults;

/// <summary>The services' user may send to the queue and not take from it any more: an active Artemis ends the connection of the Server,
/// which goes on answering, and refuses each further subscription.</summary>
public sealed class RefusedConsumersFault : IFault
{
    // The role of whoever may do anything, as config/artemis/broker.xml has it.
    private const string Anything = "amq";
    private const string Nobody = "";
    private readonly AttachedStack stack;
    private readonly StackInstance broker;

    internal RefusedConsumersFault(AttachedStack stack, StackInstance broker) => (this.stack, this.broker) = (stack, broker);

    /// <inheritdoc />
    public string Name => "refused-consumers";

    /// <inheritdoc />
    public string Target => broker.Name;

    /// <summary>Whoever has subscribed is asked nothing again before he comes anew.</summary>
    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        // Who sends, consumes, creates and deletes (durable queues, then others), manages.
        await DoAsync(
                "addSecuritySettings",
                [Contract.Queue, Anything, Nobody, Nobody, Nobody, Nobody, Nobody, Anything],
                cancellationToken
            )
            .ConfigureAwait(false);
        await DoAsync("closeConsumerConnectionsForAddress", [Contract.Queue], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var management = await stack.BrokerAsync(broker, cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        var consumers = (await management.QueueAsync(Contract.Queue, cancellationToken).ConfigureAwait(false)).Consumers;
        return consumers == 0 ? $"nobody takes from {Contract.Queue}" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => DoAsync("removeSecuritySettings", [Contract.Queue], cancellationToken);

    private async Task DoAsync(string operation, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var management = await ArtemisManagement.OpenAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        await management.DoAsync(ArtemisManagement.Broker, operation, arguments, cancellationToken).ConfigureAwait(false);
    }
}
