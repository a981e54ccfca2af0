using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Sessions of MySQL.</summary>
internal static class Sessions
{
    /// <summary>Ends a session, if it has not ended by itself.</summary>
    public static Task EndAsync(MySqlConnection mysql, ulong session, CancellationToken cancellationToken) =>
        KillAsync(mysql, $"KILL {session}", cancellationToken);

    /// <summary>Has the statement of a session fail, if it has not ended by itself; the session stays.</summary>
    public static Task FailStatementAsync(MySqlConnection mysql, ulong session, CancellationToken cancellationToken) =>
        KillAsync(mysql, $"KILL QUERY {session}", cancellationToken);

    /// <summary>Which sessions a server still has, of those that were ended.</summary>
    /// <returns>How many, in a few words; null for none.</returns>
    public static async Task<string?> LeftAsync(
        AttachedStack stack,
        StackInstance mysql,
        IReadOnlyCollection<int> sessions,
        CancellationToken cancellationToken
    )
    {
        // With the server its sessions have ended.
        if (sessions.Count == 0 || !(await stack.Control.StateAsync(mysql, cancellationToken).ConfigureAwait(false)).Running)
            return null;
        // Whoever else asks sees no sessions but their own.
        var administrator = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        var left = await administrator
            .ExecuteScalarAsync<long>(
                new CommandDefinition(
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID IN @sessions",
                    new { sessions },
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        return left > 0 ? $"{left} of {sessions.Count} sessions that have held it are still there" : null;
    }

    private static async Task KillAsync(MySqlConnection mysql, string command, CancellationToken cancellationToken)
    {
        try
        {
            await mysql.ExecuteAsync(new CommandDefinition(command, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            // It has ended by itself.
        }
    }
}
