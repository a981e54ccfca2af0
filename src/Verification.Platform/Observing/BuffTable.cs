using Dapper;
using MySqlConnector;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>The table <c>buffs</c>: of one instance of MySQL, or of the one that takes writes.</summary>
public sealed class BuffTable
{
    private readonly AttachedStack stack;
    private readonly StackInstance? mysql;
    private readonly ScenarioHistory history;
    private readonly ObservationFiles files;

    internal BuffTable(AttachedStack stack, StackInstance? mysql, ScenarioHistory history, ObservationFiles files) =>
        (this.stack, this.mysql, this.history, this.files) = (stack, mysql, history, files);

    /// <summary>How often each question stands in the table, for questions that start so.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RowsAsync(string prefix, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var (found, name) = await AskAsync(
                connection =>
                    connection.QueryAsync<(string Question, long Count)>(
                        new CommandDefinition(
                            "SELECT question, COUNT(*) FROM buffs WHERE LEFT(question, CHAR_LENGTH(@prefix)) = @prefix COLLATE utf8mb4_bin GROUP BY BINARY question, question",
                            new { prefix },
                            cancellationToken: cancellationToken
                        )
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        var rows = found
            .GroupBy(row => row.Question, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Count), StringComparer.Ordinal);
        history.Observe("rows", name, since, rows.Values.Sum(), files.Keep(rows), Cut.To(prefix, 80));
        return rows;
    }

    /// <summary>The id of the first row of each question that starts so: in their order they are listed.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<IReadOnlyDictionary<string, long>> PlacesAsync(string prefix, CancellationToken cancellationToken) =>
        (
            await AskAsync(
                    connection =>
                        connection.QueryAsync<(string Question, long Id)>(
                            new CommandDefinition(
                                "SELECT question, id FROM buffs WHERE LEFT(question, CHAR_LENGTH(@prefix)) = @prefix COLLATE utf8mb4_bin",
                                new { prefix },
                                cancellationToken: cancellationToken
                            )
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
            .Answer.GroupBy(row => row.Question, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(row => row.Id), StringComparer.Ordinal);

    /// <summary>Changes a row's question behind the services' backs.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one such row.</exception>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task RenameAsync(string from, string to, CancellationToken cancellationToken)
    {
        var changed = await ChangeAsync(
                "change a row",
                "UPDATE buffs SET question = @to WHERE question = @from",
                new { from, to },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (changed != 1)
            throw new InvalidOperationException($"{changed} rows had the question '{from}'; expected 1.");
    }

    /// <summary>The questions in which a text stands, as the table has them.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<IReadOnlyList<string>> QuestionsWithAsync(string text, CancellationToken cancellationToken) =>
        [
            .. (
                await AskAsync(
                        connection =>
                            connection.QueryAsync<string>(
                                new CommandDefinition(
                                    "SELECT question FROM buffs WHERE INSTR(question, @text) > 0 ORDER BY id",
                                    new { text },
                                    cancellationToken: cancellationToken
                                )
                            ),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            ).Answer,
        ];

    /// <summary>The rows behind an id.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<IReadOnlyList<(long Id, string Question)>> BehindAsync(long id, CancellationToken cancellationToken) =>
        [
            .. (
                await AskAsync(
                        connection =>
                            connection.QueryAsync<(long Id, string Question)>(
                                new CommandDefinition(
                                    "SELECT id, question FROM buffs WHERE id > @id",
                                    new { id },
                                    cancellationToken: cancellationToken
                                )
                            ),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            ).Answer,
        ];

    /// <summary>Marks the rows of a question as deleted, or takes the mark away, behind the services' backs.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task<int> MarkDeletedAsync(string question, bool deleted, CancellationToken cancellationToken) =>
        ChangeAsync(
            "mark rows as deleted",
            $"UPDATE buffs SET deleted_at = {(deleted ? "UTC_TIMESTAMP(3)" : "NULL")} WHERE question = @question COLLATE utf8mb4_bin",
            new { question },
            cancellationToken
        );

    /// <summary>Marks so many rows as deleted, spread over the table, behind the services' backs.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task MarkEachDeletedAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return;
        var there = await CountAsync(cancellationToken).ConfigureAwait(false);
        await ChangeAsync(
                "mark rows as deleted",
                "UPDATE buffs JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM buffs) AS places USING (id) SET deleted_at = UTC_TIMESTAMP(3) WHERE place % @each = 0 AND place <= @each * @count",
                new { each = there / count, count },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Adds many rows at once: copies of those that are there, until there are so many.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task GrowToAsync(long count, CancellationToken cancellationToken)
    {
        for (
            var there = await CountAsync(cancellationToken).ConfigureAwait(false);
            there < count;
            there = await CountAsync(cancellationToken).ConfigureAwait(false)
        )
        {
            await ChangeAsync(
                    "add rows",
                    "INSERT INTO buffs (created_at, updated_at, question, answers) SELECT created_at, updated_at, question, answers FROM buffs ORDER BY id LIMIT @missing",
                    new { missing = count - there },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Removes the table: the next Server that starts makes it anew, where it may; where it may not, whoever removes it
    /// does.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive("drop the table");
        var instance = mysql ?? await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false);
        var connection = await stack.AdministratorAsync(instance, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        await connection
            .ExecuteAsync(new CommandDefinition("DROP TABLE IF EXISTS buffs", cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    /// <summary>Removes every row.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public Task ClearAsync(CancellationToken cancellationToken) => ChangeAsync("delete rows", "DELETE FROM buffs", null, cancellationToken);

    /// <summary>Removes every row whose question does not start so.</summary>
    /// <returns>How many rows are left.</returns>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task<long> KeepOnlyAsync(string prefix, CancellationToken cancellationToken)
    {
        await ChangeAsync(
                "delete rows",
                "DELETE FROM buffs WHERE question NOT LIKE CONCAT(@prefix, '%')",
                new { prefix },
                cancellationToken
            )
            .ConfigureAwait(false);
        return await CountAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many connections the services have to MySQL.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public async Task<long> ConnectionsAsync(CancellationToken cancellationToken) =>
        (
            await AskAsync(
                    connection =>
                        connection.ExecuteScalarAsync<long>(
                            new CommandDefinition(
                                // Those of the suite come from where this one comes from.
                                "SELECT COUNT(*) FROM information_schema.PROCESSLIST AS other JOIN information_schema.PROCESSLIST AS own ON own.ID = CONNECTION_ID() WHERE SUBSTRING_INDEX(other.HOST, ':', 1) <> SUBSTRING_INDEX(own.HOST, ':', 1)",
                                cancellationToken: cancellationToken
                            )
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Answer;

    /// <summary>Connects, and asks nothing.</summary>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    internal Task ReachAsync(CancellationToken cancellationToken) => AskAsync(_ => Task.FromResult(0), cancellationToken);

    /// <summary>How many rows there are.</summary>
    internal async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (
            await AskAsync(
                    connection =>
                        connection.ExecuteScalarAsync<long>(
                            new CommandDefinition("SELECT COUNT(*) FROM buffs", cancellationToken: cancellationToken)
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Answer;

    private async Task<int> ChangeAsync(string what, string sql, object? arguments, CancellationToken cancellationToken)
    {
        stack.RequireDestructive(what);
        return (
            await AskAsync(
                    connection => connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Answer;
    }

    /// <summary>One question over a connection of its own.</summary>
    private async Task<(T Answer, string Instance)> AskAsync<T>(Func<MySqlConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        var instance = mysql ?? await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false);
        var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        return (await ask(connection).ConfigureAwait(false), instance.Name);
    }
}
