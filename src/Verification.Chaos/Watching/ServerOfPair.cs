using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Watching;

/// <summary>What one MySQL server of a pair tells the services' user.</summary>
/// <param name="stack">The stack.</param>
/// <param name="server">The server.</param>
public sealed class ServerOfPair(AttachedStack stack, StackInstance server)
{
    // The question of no buff.
    private const string HarmlessWrite = "UPDATE buffs SET updated_at = updated_at WHERE id = 0";

    /// <summary>The server.</summary>
    public StackInstance Instance => server;

    /// <summary>Whether it takes writes of the services.</summary>
    /// <exception cref="MySqlException">It can't be reached.</exception>
    public async Task<bool> TakesWritesAsync(CancellationToken cancellationToken)
    {
        var connection = await stack.MySqlAsync(server, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(HarmlessWrite, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.OptionPreventsStatement)
        {
            return false;
        }
    }

    /// <summary>The transactions that it has committed, as a set of GTIDs.</summary>
    /// <exception cref="MySqlException">It can't be reached.</exception>
    public Task<string> ExecutedAsync(CancellationToken cancellationToken) =>
        AskAsync<string>("SELECT CONVERT(REPLACE(@@GLOBAL.gtid_executed, '\n', '') USING utf8mb4)", null, cancellationToken);

    /// <summary>Whether a commit of its is answered only once a replica has it.</summary>
    /// <exception cref="MySqlException">It can't be reached.</exception>
    public async Task<bool> WaitsForReplicaAsync(CancellationToken cancellationToken) =>
        await AskAsync<bool>(
                "SELECT @@GLOBAL.rpl_semi_sync_source_enabled AND @@GLOBAL.rpl_semi_sync_source_wait_no_replica",
                null,
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>How many buffs it has whose question starts so.</summary>
    /// <exception cref="MySqlException">It can't be reached.</exception>
    public Task<long> RowsAsync(string prefix, CancellationToken cancellationToken) =>
        AskAsync<long>(
            "SELECT COUNT(*) FROM buffs WHERE LEFT(question, CHAR_LENGTH(@prefix)) = @prefix",
            new { prefix },
            cancellationToken
        );

    /// <summary>How many rows its table has, and a checksum of them: what two servers with the same rows tell alike.</summary>
    /// <exception cref="MySqlException">It can't be reached.</exception>
    public Task<string> ContentAsync(CancellationToken cancellationToken) =>
        AskAsync<string>(
            "SELECT CONVERT(CONCAT(COUNT(*), ' rows, checksum ', BIT_XOR(CRC32(CONCAT_WS('#', id, created_at, updated_at, IFNULL(deleted_at, '-'), question, answers)))) USING utf8mb4) FROM buffs",
            null,
            cancellationToken
        );

    private async Task<T> AskAsync<T>(string sql, object? arguments, CancellationToken cancellationToken)
    {
        var connection = await stack.MySqlAsync(server, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        return (
            await connection
                .ExecuteScalarAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))
                .ConfigureAwait(false)
        )!;
    }
}
