using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Nobody else writes the table, or nobody reads it either: a session of the administrator holds its lock, as the services' user
/// may lock none. With the session the lock goes, also should this process die.</summary>
public sealed class TableLockFault : IFault
{
    private const string WaitingInserts =
        "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND <> 'Sleep' AND INFO LIKE 'INSERT%buffs%' AND ID <> CONNECTION_ID()";
    private const string WaitingQueries =
        "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query' AND INFO LIKE 'SELECT%FROM buffs%' AND ID <> CONNECTION_ID()";
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;
    private readonly bool readable;
    private readonly List<int> lockers = [];
    private MySqlConnection? locker;

    internal TableLockFault(AttachedStack stack, StackInstance mysql, bool readable) =>
        (this.stack, this.mysql, this.readable) = (stack, mysql, readable);

    /// <inheritdoc />
    public string Name => readable ? "write-lock" : "table-lock";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        locker = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        lockers.Add(locker.ServerThread);
        await locker
            .ExecuteAsync(new CommandDefinition($"LOCK TABLES buffs {(readable ? "READ" : "WRITE")}", cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        if (readable)
            return await WaitingInsertsAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } waiting
                ? $"{waiting.Count} INSERTs wait for the table"
                : null;
        var observer = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = observer.ConfigureAwait(false);
        try
        {
            await observer
                .ExecuteAsync(
                    new CommandDefinition("SELECT /*+ MAX_EXECUTION_TIME(200) */ COUNT(*) FROM buffs", cancellationToken: cancellationToken)
                )
                .ConfigureAwait(false);
            return null;
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.QueryTimeout or MySqlErrorCode.QueryInterrupted)
        {
            return "a query of another session waits for the table";
        }
    }

    /// <summary>Waits until an INSERT of a Server waits for the table.</summary>
    /// <returns>The sessions that wait.</returns>
    public async Task<IReadOnlyList<ulong>> WaitingInsertsAsync(CancellationToken cancellationToken)
    {
        var observer = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = observer.ConfigureAwait(false);
        return
        [
            .. await observer
                .QueryAsync<ulong>(new CommandDefinition(WaitingInserts, cancellationToken: cancellationToken))
                .ConfigureAwait(false),
        ];
    }

    /// <summary>Has each query that waits for the table fail, its connection staying as it is.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> FailQueriesAsync(CancellationToken cancellationToken)
    {
        var observer = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = observer.ConfigureAwait(false);
        var waiting = (
            await observer
                .QueryAsync<ulong>(new CommandDefinition(WaitingQueries, cancellationToken: cancellationToken))
                .ConfigureAwait(false)
        ).ToList();
        foreach (var session in waiting)
            await Sessions.FailStatementAsync(observer, session, cancellationToken).ConfigureAwait(false);
        return waiting.Count;
    }

    /// <summary>Ends a session: MySQL would carry out the statement of a client that has died once the lock is gone.</summary>
    public async Task EndSessionAsync(ulong session, CancellationToken cancellationToken)
    {
        var observer = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = observer.ConfigureAwait(false);
        await Sessions.EndAsync(observer, session, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (locker is not null)
            await locker.DisposeAsync().ConfigureAwait(false);
        locker = null;
    }

    /// <summary>Looks for the session that has held the lock: what has waited for the table may go on for a while, and others wait for it
    /// for other reasons.</summary>
    /// <inheritdoc />
    public Task<string?> LeftAsync(CancellationToken cancellationToken) => Sessions.LeftAsync(stack, mysql, lockers, cancellationToken);
}
