using Dapper;
using MySqlConnector;

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
