using Dapper;
using MySqlConnector;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>The table <c>buffs</c> of one instance of MySQL.</summary>
public sealed class BuffTable
{
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;
    private readonly ScenarioHistory history;
    private readonly ObservationFiles files;

    internal BuffTable(AttachedStack stack, StackInstance mysql, ScenarioHistory history, ObservationFiles files) =>
        (this.stack, this.mysql, this.history, this.files) = (stack, mysql, history, files);

    /// <summary>How often each question stands in the table, for questions that start so.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RowsAsync(string prefix, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        var found = await connection.QueryAsync<(string Question, long Count)>(new CommandDefinition(
            "SELECT question, COUNT(*) FROM buffs WHERE LEFT(question, CHAR_LENGTH(@prefix)) = @prefix COLLATE utf8mb4_bin GROUP BY BINARY question, question",
            new { prefix },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        var rows = found.GroupBy(row => row.Question, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row.Count), StringComparer.Ordinal);
        history.Observe("rows", mysql.Name, since, rows.Values.Sum(), files.Keep(rows), Cut.To(prefix, 80));
        return rows;
    }

    /// <summary>Changes a row's question behind the services' backs.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one such row.</exception>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task RenameAsync(string from, string to, CancellationToken cancellationToken)
    {
        stack.RequireDestructive("change a row");
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        var changed = await connection.ExecuteAsync(new CommandDefinition("UPDATE buffs SET question = @to WHERE question = @from", new { from, to }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (changed != 1)
            throw new InvalidOperationException($"{changed} rows had the question '{from}'; expected 1.");
    }

    /// <summary>Removes the table: the next Server that starts makes it anew.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive("drop the table");
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition("DROP TABLE IF EXISTS buffs", cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Removes every row.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive("delete rows");
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM buffs", cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Removes every row whose question does not start so.</summary>
    /// <returns>How many rows are left.</returns>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    internal async Task<long> KeepOnlyAsync(string prefix, CancellationToken cancellationToken)
    {
        stack.RequireDestructive("delete rows");
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM buffs WHERE question NOT LIKE CONCAT(@prefix, '%')", new { prefix }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return await CountAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many rows there are.</summary>
    internal async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        return await CountAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private static Task<long> CountAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM buffs", cancellationToken: cancellationToken));
}
