using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>A replica of Redis has a password that its master does not take: it answers, the cluster counts it as that master's replica,
/// and it follows nobody.</summary>
public sealed class DetachFault : IFault
{
    private const string Setting = "masterauth";
    private readonly IStackControl control;
    private readonly StackInstance replica;

    internal DetachFault(IStackControl control, StackInstance replica) => (this.control, this.replica) = (control, replica);

    /// <inheritdoc />
    public string Name => "detach";

    /// <inheritdoc />
    public string Target => replica.Name;

    /// <summary>The connection that it has would be good for as long as it lasts.</summary>
    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        control.AskRedisAsync(
            replica,
            $"redis-cli -e CONFIG SET {Setting} of-nobody && redis-cli -e CLIENT KILL TYPE master",
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await control.AskRedisAsync(replica, "redis-cli -e INFO replication", cancellationToken).ConfigureAwait(false)).Contains(
            "master_link_status:down",
            StringComparison.Ordinal
        )
            ? $"{replica.Name} follows nobody"
            : null;

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => control.SetAsStartedAsync(replica, Setting, cancellationToken);
}
