using Dapper;
using Verification.Stack;

namespace Verification.Recovery;

/// <summary>What a drill adds to a database: its volume, as rows that are deleted and so not listed, and a table that an event of the
/// server writes each second.</summary>
public sealed class DrillRows : IAsyncDisposable
{
    private const string Ticks = "drill_ticks";
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;

    private DrillRows(AttachedStack stack, StackInstance mysql) => (this.stack, this.mysql) = (stack, mysql);

    /// <summary>Adds them.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="mysql">Where.</param>
    /// <param name="count">How many rows of 256 bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public static async Task<DrillRows> PlantAsync(AttachedStack stack, StackInstance mysql, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        stack.RequireDestructive("add rows");
        var connection = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection
            .ExecuteAsync(
                new CommandDefinition(
                    $"""
                    SET SESSION cte_max_recursion_depth = {count};
                    INSERT INTO buffs (created_at, updated_at, deleted_at, question, answers)
                      WITH RECURSIVE numbers AS (SELECT 1 AS number UNION ALL SELECT number + 1 FROM numbers WHERE number < {count})
                      SELECT NOW(3), NOW(3), NOW(3), CONCAT('deleted ', number, ' ', REPEAT(SHA2(number, 256), 3)), '["me", "you"]' FROM numbers;
                    CREATE TABLE {Ticks} (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, at DATETIME(6) NOT NULL);
                    CREATE EVENT {Ticks} ON SCHEDULE EVERY 1 SECOND DO INSERT INTO {Ticks} (at) VALUES (NOW(6));
                    """,
                    commandTimeout: 120,
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        return new DrillRows(stack, mysql);
    }

    /// <summary>Ends the event, so that the database stands still.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var connection = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection
            .ExecuteAsync(new CommandDefinition($"DROP EVENT {Ticks}", cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    /// <summary>Ends the event and removes its table; the rows go with the next reset.</summary>
    public async ValueTask DisposeAsync()
    {
        var connection = await stack.AdministratorAsync(mysql, CancellationToken.None).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.ExecuteAsync($"DROP EVENT IF EXISTS {Ticks}; DROP TABLE IF EXISTS {Ticks}").ConfigureAwait(false);
    }
}
