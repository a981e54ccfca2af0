using System.Data;
using MySqlConnector;

namespace Verification.Recovery;

/// <summary>Reads what a server holds, row by row: memory does not grow with a table. Nobody else may write meanwhile.</summary>
/// <param name="connection">An open connection; of several databases all are read that it may see, but for the server's own.</param>
public sealed class ContentReader(MySqlConnection connection)
{
    private const string Ours = "NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')";

    // In an order of its own each, so that two servers tell the same.
    private static readonly string[] Shapes =
    [
        $"SELECT table_schema, table_name, column_name, ordinal_position, column_type, collation_name, is_nullable, column_default, extra, generation_expression FROM information_schema.columns WHERE table_schema {Ours} ORDER BY 1, 2, 4",
        $"SELECT table_schema, table_name, index_name, seq_in_index, column_name, sub_part, non_unique, expression FROM information_schema.statistics WHERE table_schema {Ours} ORDER BY 1, 2, 3, 4",
        $"SELECT table_schema, table_name, engine, table_collation FROM information_schema.tables WHERE table_schema {Ours} ORDER BY 1, 2",
        $"SELECT table_schema, table_name, view_definition, definer FROM information_schema.views WHERE table_schema {Ours} ORDER BY 1, 2",
        $"SELECT trigger_schema, trigger_name, event_object_table, action_timing, event_manipulation, action_statement, definer, sql_mode FROM information_schema.triggers WHERE trigger_schema {Ours} ORDER BY 1, 2",
        $"SELECT routine_schema, routine_name, routine_type, routine_definition, definer, sql_mode FROM information_schema.routines WHERE routine_schema {Ours} ORDER BY 1, 2, 3",
        $"SELECT event_schema, event_name, event_definition, interval_value, interval_field, status, definer, time_zone FROM information_schema.events WHERE event_schema {Ours} ORDER BY 1, 2",
    ];

    // What the digest above does not have. A digest of its own: what a backup has told once is held against what is read now.
    private static readonly string[] Rules =
    [
        $"SELECT schema_name, default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name {Ours} ORDER BY 1",
        $"SELECT constraint_schema, table_name, constraint_name, unique_constraint_schema, unique_constraint_name, match_option, update_rule, delete_rule, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema {Ours} ORDER BY 1, 2, 3",
        $"SELECT constraint_schema, table_name, constraint_name, ordinal_position, column_name, referenced_table_schema, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage WHERE constraint_schema {Ours} ORDER BY 1, 2, 3, 4",
        $"SELECT t.table_schema, t.table_name, t.constraint_name, t.enforced, c.check_clause FROM information_schema.table_constraints t JOIN information_schema.check_constraints c ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name WHERE t.constraint_type = 'CHECK' AND t.table_schema {Ours} ORDER BY 1, 2, 3",
        $"SELECT table_schema, table_name, partition_ordinal_position, subpartition_ordinal_position, partition_name, subpartition_name, partition_method, subpartition_method, partition_expression, subpartition_expression, partition_description FROM information_schema.partitions WHERE partition_name IS NOT NULL AND table_schema {Ours} ORDER BY 1, 2, 3, 4",
        $"SELECT table_schema, table_name, index_name, seq_in_index, collation, index_type, is_visible FROM information_schema.statistics WHERE table_schema {Ours} ORDER BY 1, 2, 3, 4",
        $"SELECT table_schema, table_name, check_option, security_type, character_set_client, collation_connection FROM information_schema.views WHERE table_schema {Ours} ORDER BY 1, 2",
        $"SELECT trigger_schema, trigger_name, action_order, character_set_client, collation_connection FROM information_schema.triggers WHERE trigger_schema {Ours} ORDER BY 1, 2",
        $"SELECT routine_schema, routine_name, routine_type, dtd_identifier, is_deterministic, sql_data_access, security_type, character_set_client, collation_connection FROM information_schema.routines WHERE routine_schema {Ours} ORDER BY 1, 2, 3",
        $"SELECT specific_schema, specific_name, routine_type, ordinal_position, parameter_mode, parameter_name, dtd_identifier, character_set_name, collation_name FROM information_schema.parameters WHERE specific_schema {Ours} ORDER BY 1, 2, 3, 4",
        $"SELECT event_schema, event_name, event_type, on_completion, sql_mode, CAST(execute_at AS CHAR), CAST(starts AS CHAR), CAST(ends AS CHAR) FROM information_schema.events WHERE event_schema {Ours} ORDER BY 1, 2",
    ];

    private static readonly string[] Objects =
    [
        $"SELECT 'view', table_schema, table_name FROM information_schema.views WHERE table_schema {Ours} ORDER BY 2, 3",
        $"SELECT LOWER(routine_type), routine_schema, routine_name FROM information_schema.routines WHERE routine_schema {Ours} ORDER BY 2, 3, 1",
        $"SELECT 'trigger', trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema {Ours} ORDER BY 2, 3",
        $"SELECT 'event', event_schema, event_name FROM information_schema.events WHERE event_schema {Ours} ORDER BY 2, 3",
    ];

    // The account of a restore is there for as long as that takes: whoever else reads must not find it.
    private const string NotOfARestore = "WHERE NOT (user = 'recovery' AND CURRENT_USER() = 'recovery@localhost')";

    private static readonly string[] Rights =
    [
        $"SELECT user, host, priv, with_grant_option FROM mysql.global_grants {NotOfARestore} ORDER BY 1, 2, 3",
        $"SELECT * FROM mysql.db {NotOfARestore} ORDER BY host, user, db",
        $"SELECT user, host, db, table_name, table_priv, column_priv FROM mysql.tables_priv {NotOfARestore} ORDER BY 1, 2, 3, 4",
        $"SELECT user, host, db, table_name, column_name, column_priv FROM mysql.columns_priv {NotOfARestore} ORDER BY 1, 2, 3, 4, 5",
        $"SELECT user, host, db, routine_name, routine_type, proc_priv FROM mysql.procs_priv {NotOfARestore} ORDER BY 1, 2, 3, 4, 5",
        $"SELECT user, host, proxied_user, proxied_host, with_grant FROM mysql.proxies_priv {NotOfARestore} ORDER BY 1, 2, 3, 4",
        "SELECT from_user, from_host, to_user, to_host, with_admin_option FROM mysql.role_edges ORDER BY 1, 2, 3, 4",
    ];

    /// <summary>Reads all of it.</summary>
    /// <param name="accounts">Whether the accounts too: it takes the right to read the database <c>mysql</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MySqlException">A table can't be read.</exception>
    /// <exception cref="NotSupportedException">A column is of a type that has no digest.</exception>
    public async Task<DatabaseContent> ReadAsync(bool accounts, CancellationToken cancellationToken)
    {
        // A TIMESTAMP reads as the session's zone has it.
        await RowsAsync("SET SESSION time_zone = '+00:00'", _ => { }, cancellationToken).ConfigureAwait(false);
        var tables = new List<TableContent>();
        foreach (
            var name in await TextsAsync(
                    $"SELECT CONCAT(table_schema, '\\n', table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema {Ours} ORDER BY table_schema, table_name",
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
            tables.Add(await TableAsync(name.Split('\n')[0], name.Split('\n')[1], cancellationToken).ConfigureAwait(false));
        var schema = await DigestAsync(Shapes, cancellationToken).ConfigureAwait(false);
        var rules = await DigestAsync(Rules, cancellationToken).ConfigureAwait(false);
        var rights = accounts
            ? await DigestAsync([await AccountsAsync(cancellationToken).ConfigureAwait(false), .. Rights], cancellationToken)
                .ConfigureAwait(false)
            : null;
        var identity = await TextsAsync(
                "SELECT CONCAT(REPLACE(@@GLOBAL.gtid_executed, '\\n', ''), '\\n', @@server_uuid, '\\n', @@server_id)",
                cancellationToken
            )
            .ConfigureAwait(false);
        var (gtid, uuid, id) = identity[0].Split('\n') switch
        {
            [var first, var second, var third] => (first, second, long.Parse(third)),
            _ => throw new FormatException($"The server tells '{identity[0]}' of itself."),
        };
        return new DatabaseContent(tables, schema, rights, gtid, uuid, id)
        {
            Rules = rules,
            Engines = await TextsAsync(
                    $"SELECT DISTINCT engine FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND engine IS NOT NULL AND table_schema {Ours} ORDER BY 1",
                    cancellationToken
                )
                .ConfigureAwait(false),
            Objects = await ObjectsAsync(cancellationToken).ConfigureAwait(false),
            AccountNames = accounts
                ? await TextsAsync(
                        $"SELECT user, host FROM mysql.user {NotOfARestore} ORDER BY 1, 2",
                        row => $"'{row.GetString(0)}'@'{row.GetString(1)}'",
                        cancellationToken
                    )
                    .ConfigureAwait(false)
                : null,
        };
    }

    private async Task<List<string>> ObjectsAsync(CancellationToken cancellationToken)
    {
        var objects = new List<string>();
        foreach (var statement in Objects)
            objects.AddRange(
                await TextsAsync(statement, row => $"{row.GetString(0)} {row.GetString(1)}.{row.GetString(2)}", cancellationToken)
                    .ConfigureAwait(false)
            );
        return objects;
    }

    private async Task<TableContent> TableAsync(string database, string table, CancellationToken cancellationToken)
    {
        var where = $"table_schema = {Literal(database)} AND table_name = {Literal(table)}";
        var columns = await TextsAsync(
                $"SELECT column_name, data_type, column_type FROM information_schema.columns WHERE {where} ORDER BY ordinal_position",
                Column,
                cancellationToken
            )
            .ConfigureAwait(false);
        var key = await TextsAsync(
                $"SELECT column_name FROM information_schema.statistics WHERE {where} AND index_name = 'PRIMARY' ORDER BY seq_in_index",
                row => Quoted(row.GetString(0)),
                cancellationToken
            )
            .ConfigureAwait(false);
        var (rows, digest) = await HashAsync(
                $"SELECT {string.Join(", ", columns)} FROM {Quoted(database)}.{Quoted(table)}{(key.Count > 0 ? $" ORDER BY {string.Join(", ", key)}" : "")}",
                ordered: key.Count > 0,
                cancellationToken
            )
            .ConfigureAwait(false);
        return new TableContent($"{database}.{table}", rows, digest);
    }

    /// <summary>A column as it is read: so that no client takes two values for one.</summary>
    private static string Column(MySqlDataReader row)
    {
        var name = Quoted(row.GetString(0));
        return row.GetString(1) switch
        {
            // Rounded to six digits otherwise.
            "float" => $"CAST({name} AS DOUBLE)",
            // A client has fewer digits.
            "decimal" => $"CAST({name} AS CHAR)",
            // 1 and 1.0 read alike in places.
            "json" => $"{name}, JSON_TYPE({name})",
            // A client takes tinyint(1) for a truth, and char(36) for a GUID in which case counts nothing.
            "tinyint" => $"CAST({name} AS SIGNED)",
            "char" when row.GetString(2).Contains("36", StringComparison.Ordinal) => $"CONCAT({name}, '')",
            "vector" => $"HEX({name})",
            _ => name,
        };
    }

    /// <summary>The statement that reads the accounts: their rights are columns, as many as the version has.</summary>
    private async Task<string> AccountsAsync(CancellationToken cancellationToken)
    {
        var rights = await TextsAsync(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'mysql' AND table_name = 'user' AND column_name LIKE '%\\_priv' ORDER BY 1",
                cancellationToken
            )
            .ConfigureAwait(false);
        return $"SELECT user, host, plugin, ssl_type, account_locked, {string.Join(", ", rights.Select(Quoted))} FROM mysql.user {NotOfARestore} ORDER BY 1, 2";
    }

    private async Task<string> DigestAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        using var hash = new RowHash();
        foreach (var statement in statements)
            hash.Add((await HashAsync(statement, ordered: true, cancellationToken).ConfigureAwait(false)).Digest);
        return hash.Digits();
    }

    private async Task<(long Rows, string Digest)> HashAsync(string sql, bool ordered, CancellationToken cancellationToken)
    {
        using var hash = new RowHash();
        var sum = new RowSum();
        var digest = new byte[RowHash.Size];
        var rows = await RowsAsync(
                sql,
                row =>
                {
                    hash.Add(row);
                    if (ordered)
                        return;
                    hash.Take(digest);
                    sum.Add(digest);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return (rows, ordered ? hash.Digits() : sum.Digits());
    }

    private Task<List<string>> TextsAsync(string sql, CancellationToken cancellationToken) =>
        TextsAsync(sql, row => row.GetString(0), cancellationToken);

    private async Task<List<string>> TextsAsync(string sql, Func<MySqlDataReader, string> text, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await RowsAsync(sql, row => texts.Add(text(row)), cancellationToken).ConfigureAwait(false);
        return texts;
    }

    private async Task<long> RowsAsync(string sql, Action<MySqlDataReader> each, CancellationToken cancellationToken)
    {
        var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var disposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var rows = 0L;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            each(reader);
            rows++;
        }

        return rows;
    }

    private static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static string Literal(string text) => $"'{MySqlHelper.EscapeString(text)}'";
}
