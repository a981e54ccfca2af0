using Dapper;
using MySqlConnector;

namespace Verification.Chaos.Faults;

/// <summary>Sessions of MySQL.</summary>
internal static class Sessions
{
    /// <summary>Ends a session, if it has not ended by itself.</summary>
    public static async Task EndAsync(MySqlConnection mysql, ulong session, CancellationToken cancellationToken)
    {
        try
        {
            await mysql.ExecuteAsync(new CommandDefinition($"KILL {session}", cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            // It has ended by itself.
        }
    }
}
