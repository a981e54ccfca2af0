using Dapper;
using MySqlConnector;
using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Components.MySql;

namespace Verification.Recovery;

/// <summary>Somebody drops the table of a platform that is in use. What it held is read under the lock under which it is dropped: nothing
/// comes between.</summary>
/// <param name="stack">The stack.</param>
/// <param name="mysql">Whose table.</param>
public sealed class DropTableFault(AttachedStack stack, StackInstance mysql) : IFault
{
    private string? definition;

    /// <inheritdoc />
    public string Name => "drop-table";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <summary>What the database held then; null before.</summary>
    public DatabaseContent? Before { get; private set; }

    /// <summary>How many buffs were listed then.</summary>
    public long Listed { get; private set; }

    /// <summary>When it was dropped.</summary>
    public DateTimeOffset At { get; private set; }

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        // Somebody who may do it does so.
        var rights = await TableRights.LendAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var returned = rights.ConfigureAwait(false);
        var session = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var end = session.ConfigureAwait(false);
        var tables = await session
            .QueryAsync<string>(
                new CommandDefinition(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        await session
            .ExecuteAsync(
                new CommandDefinition(
                    $"LOCK TABLES {string.Join(", ", tables.Select(table => $"`{table}` WRITE"))}",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        Before = await new ContentReader(session).ReadAsync(accounts: false, cancellationToken).ConfigureAwait(false);
        Listed = await session
            .ExecuteScalarAsync<long>(
                new CommandDefinition("SELECT COUNT(*) FROM buffs WHERE deleted_at IS NULL", cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        definition = (
            await session
                .QuerySingleAsync<(string Table, string Definition)>(
                    new CommandDefinition("SHOW CREATE TABLE buffs", cancellationToken: cancellationToken)
                )
                .ConfigureAwait(false)
        ).Definition;
        await session.ExecuteAsync(new CommandDefinition("DROP TABLE buffs", cancellationToken: cancellationToken)).ConfigureAwait(false);
        At = DateTimeOffset.UtcNow;
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var observer = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = observer.ConfigureAwait(false);
        try
        {
            await observer
                .ExecuteAsync(new CommandDefinition("SELECT 1 FROM buffs LIMIT 1", cancellationToken: cancellationToken))
                .ConfigureAwait(false);
            return null;
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            return "MySQL knows of no table buffs";
        }
    }

    /// <summary>Makes the table anew, empty, where no Server has: what it held comes back by a restore, elsewhere.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (definition is null)
            return;
        var administrator = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator
            .ExecuteAsync(
                new CommandDefinition(
                    $"CREATE TABLE IF NOT EXISTS{definition["CREATE TABLE".Length..]}",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
    }
}
