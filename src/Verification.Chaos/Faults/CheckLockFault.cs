using Verification.Stack;
using Verification.Stack.Components.HaProxy;

namespace Verification.Chaos.Faults;

/// <summary>The account by which HAProxy checks the MySQL servers of a pair is locked: it leads nobody to the one that takes writes, which
/// goes on otherwise.</summary>
public sealed class CheckLockFault : IFault
{
    private const string Account = "'endpoint-check'@'%'";
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;

    internal CheckLockFault(AttachedStack stack, StackInstance mysql) => (this.stack, this.mysql) = (stack, mysql);

    /// <inheritdoc />
    public string Name => "check-lock";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => AskAsync($"ALTER USER {Account} ACCOUNT LOCK", cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await ProxiedServices.LedToAsync(stack, InstanceRole.Mysql, cancellationToken).ConfigureAwait(false)).Count == 0
            ? $"{Account} is locked, and nobody is led to {mysql.Name}"
            : null;

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => AskAsync($"ALTER USER {Account} ACCOUNT UNLOCK", cancellationToken);

    private Task<string> AskAsync(string sql, CancellationToken cancellationToken) =>
        stack.Control.AskMySqlAsync(mysql, sql, cancellationToken);
}
