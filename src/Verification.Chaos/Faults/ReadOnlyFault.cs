using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>MySQL answers, and takes writes from nobody, as one that has come back and was not promoted.</summary>
public sealed class ReadOnlyFault : IFault
{
    /// <inheritdoc cref="IFault.Name"/>
    public const string Kind = "read-only";

    private readonly IStackControl control;
    private readonly StackInstance mysql;

    internal ReadOnlyFault(IStackControl control, StackInstance mysql) => (this.control, this.mysql) = (control, mysql);

    /// <inheritdoc />
    public string Name => Kind;

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => AskAsync("SET GLOBAL super_read_only = ON", cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await AskAsync("SELECT @@GLOBAL.super_read_only", cancellationToken).ConfigureAwait(false)).EndsWith('1')
            ? $"{mysql.Name} takes writes from nobody"
            : null;

    /// <summary>Undoes it. A server that follows another is to take none: it stays as it is.</summary>
    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (!await FollowsAsync(cancellationToken).ConfigureAwait(false))
            await AskAsync("SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> LeftAsync(CancellationToken cancellationToken) =>
        await FollowsAsync(cancellationToken).ConfigureAwait(false) ? null : await EffectAsync(cancellationToken).ConfigureAwait(false);

    private async Task<bool> FollowsAsync(CancellationToken cancellationToken) =>
        await AskAsync("SHOW REPLICA STATUS", cancellationToken).ConfigureAwait(false) is not { Length: 0 };

    private Task<string> AskAsync(string sql, CancellationToken cancellationToken) => control.AskMySqlAsync(mysql, sql, cancellationToken);
}
