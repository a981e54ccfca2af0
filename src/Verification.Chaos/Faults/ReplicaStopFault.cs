using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>A replica of MySQL takes nothing more from its source, and goes on otherwise: its source is without a replica. Or it takes all,
/// and applies nothing of it: its source notices nothing.</summary>
public sealed class ReplicaStopFault : IFault
{
    /// <inheritdoc cref="IFault.Name"/>
    public const string Kind = "replica-stop";

    private readonly IStackControl control;
    private readonly StackInstance replica;
    private readonly bool takes;

    internal ReplicaStopFault(IStackControl control, StackInstance replica, bool takes) =>
        (this.control, this.replica, this.takes) = (control, replica, takes);

    /// <inheritdoc />
    public string Name => takes ? "applier-stop" : Kind;

    /// <inheritdoc />
    public string Target => replica.Name;

    private string Thread => takes ? "SQL" : "IO";

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => AskAsync($"STOP REPLICA {Thread}_THREAD", cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await StatusAsync(cancellationToken).ConfigureAwait(false)).Contains($"Replica_{Thread}_Running: No", StringComparison.Ordinal)
            ? $"{replica.Name} {(takes ? "applies nothing that it takes" : "takes nothing")} from its source"
            : null;

    /// <summary>Undoes it, where the server is still a replica that runs.</summary>
    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (
            (await control.StateAsync(replica, cancellationToken).ConfigureAwait(false)).Running
            && await StatusAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 }
        )
            await AskAsync($"START REPLICA {Thread}_THREAD", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks for its effect, where the server runs: one that does not is started by who has ended it.</summary>
    /// <inheritdoc />
    public async Task<string?> LeftAsync(CancellationToken cancellationToken) =>
        (await control.StateAsync(replica, cancellationToken).ConfigureAwait(false)).Running
            ? await EffectAsync(cancellationToken).ConfigureAwait(false)
            : null;

    private Task<string> StatusAsync(CancellationToken cancellationToken) => AskAsync(@"SHOW REPLICA STATUS\G", cancellationToken);

    private Task<string> AskAsync(string sql, CancellationToken cancellationToken) =>
        control.AskMySqlAsync(replica, sql, cancellationToken);
}
