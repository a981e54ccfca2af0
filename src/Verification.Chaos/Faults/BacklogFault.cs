using System.Text;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Chaos.Faults;

/// <summary>Many buffs come at once, just when none can be stored any more, and then no further ones: they wait. Those before them were
/// stored, so that this is no pipeline that has stood still for long.</summary>
public sealed class BacklogFault : IFault
{
    /// <summary>How many wait.</summary>
    public const int Waiting = 1500;

    private const int Before = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly AttachedStack stack;
    private readonly StackInstance broker;
    private readonly TableLockFault stored;

    internal BacklogFault(AttachedStack stack, StackInstance broker, StackInstance mysql) =>
        (this.stack, this.broker, stored) = (stack, broker, new TableLockFault(stack, mysql, readable: true));

    /// <inheritdoc />
    public string Name => "backlog";

    /// <inheritdoc />
    public string Target => broker.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var connection = await BrokerConnections.ConnectAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await SendAsync(connection, "stored", Before, cancellationToken).ConfigureAwait(false);
        await Eventually
            .IsTrueAsync("buffs are stored", Deadline, async ct => await MessagesAsync(ct).ConfigureAwait(false) == 0, cancellationToken)
            .ConfigureAwait(false);
        await stored.ApplyAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(connection, "waiting", Waiting, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        await MessagesAsync(cancellationToken).ConfigureAwait(false) is var messages and >= Waiting
            ? $"{messages} messages in {Contract.Queue}"
            : null;

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => stored.HealAsync(cancellationToken);

    /// <summary>Looks for what has kept the buffs from being stored; they are stored one after the other.</summary>
    /// <inheritdoc />
    public Task<string?> LeftAsync(CancellationToken cancellationToken) => stored.LeftAsync(cancellationToken);

    private static Task SendAsync(StompConnection connection, string kind, int count, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(number =>
                    connection
                        .SendAsync(
                            Contract.Queue,
                            Encoding.UTF8.GetBytes($$"""{"question": "backlog {{kind}} {{number}}", "answers": ["yes", "no"]}"""),
                            [new("persistent", "true")],
                            cancellationToken
                        )
                        .AsTask()
                )
        );

    private async Task<long> MessagesAsync(CancellationToken cancellationToken)
    {
        var management = await stack.BrokerAsync(broker, cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        return (await management.QueueAsync(Contract.Queue, cancellationToken).ConfigureAwait(false)).Messages;
    }
}
