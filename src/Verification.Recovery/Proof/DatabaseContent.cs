using System.Data;
using Dapper;
using MySqlConnector;

namespace Verification.Recovery;

/// <summary>What a database holds, to be held against another that should hold the same: each table to the last byte, and the shape of all of them.</summary>
/// <param name="Tables">Its tables by name.</param>
/// <param name="Schema">Digest of columns, keys, views, triggers, routines and events, lower-case hexadecimal.</param>
/// <param name="Gtid">The transactions that have made it so.</param>
/// <param name="Uuid">UUID of its server.</param>
/// <param name="ServerId">Id of its server.</param>
public sealed record DatabaseContent(IReadOnlyList<TableContent> Tables, string Schema, string Gtid, string Uuid, long ServerId)
{
    // In an order of its own each, so that two servers tell the same.
    private static readonly string[] Shapes =
    [
        "SELECT table_name, column_name, ordinal_position, column_type, collation_name, is_nullable, column_default, extra, generation_expression FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1, 3",
        "SELECT table_name, index_name, seq_in_index, column_name, sub_part, non_unique, expression FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1, 2, 3",
        "SELECT table_name, engine, table_collation FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1",
        "SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY 1",
        "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1",
        "SELECT routine_name, routine_type, routine_definition FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1, 2",
        "SELECT event_name, event_definition, interval_value, interval_field, status FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1",
    ];

    /// <summary>Reads all of it. Nobody else may write meanwhile.</summary>
    /// <param name="connection">A connection to the database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MySqlException">A table can't be read.</exception>
    public static async Task<DatabaseContent> ReadAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        Task<IEnumerable<string>> NamesAsync(string sql, object? arguments = null) => connection.QueryAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));

        var tables = new List<TableContent>();
        foreach (var table in (await NamesAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name").ConfigureAwait(false)).ToList())
        {
            var columns = await NamesAsync("SELECT IF(data_type = 'float', CONCAT('CAST(`', column_name, '` AS DOUBLE)'), CONCAT('`', column_name, '`')) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @table ORDER BY ordinal_position", new { table }).ConfigureAwait(false);
            var key = (await NamesAsync("SELECT CONCAT('`', column_name, '`') FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = @table AND index_name = 'PRIMARY' ORDER BY seq_in_index", new { table }).ConfigureAwait(false)).ToList();
            // Without a key every column orders.
            var order = key.Count > 0 ? key : [.. columns];
            var (rows, digest) = await HashAsync(connection, $"SELECT {string.Join(", ", columns)} FROM `{table}` ORDER BY {string.Join(", ", order)}", cancellationToken).ConfigureAwait(false);
            tables.Add(new TableContent(table, rows, digest));
        }

        using var schema = new RowHash();
        foreach (var shape in Shapes)
            schema.Add((await HashAsync(connection, shape, cancellationToken).ConfigureAwait(false)).Digest);
        var (gtid, uuid, id) = await connection.QuerySingleAsync<(string Gtid, string Uuid, long Id)>(new CommandDefinition(
            "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', ''), @@server_uuid, @@server_id", cancellationToken: cancellationToken)).ConfigureAwait(false);
        return new DatabaseContent(tables, schema.Digits(), gtid, uuid, id);
    }

    /// <summary>How a restored database differs from what it should be, one phrase each.</summary>
    /// <param name="restored">What was restored, on another server.</param>
    public IReadOnlyList<string> DifferencesOf(DatabaseContent restored)
    {
        ArgumentNullException.ThrowIfNull(restored);
        var there = restored.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var table in Tables)
        {
            if (!there.TryGetValue(table.Name, out var other))
                differences.Add($"table {table.Name} is missing");
            else if (other.Rows != table.Rows)
                differences.Add($"table {table.Name} has {other.Rows} rows of {table.Rows}");
            else if (other.Sha256 != table.Sha256)
                differences.Add($"table {table.Name} has as many rows, and other content");
        }

        differences.AddRange(there.Keys.Except(Tables.Select(table => table.Name), StringComparer.Ordinal).Select(name => $"table {name} was not there"));
        if (restored.Schema != Schema)
            differences.Add("columns, keys or objects are other ones");
        if (restored.Gtid != Gtid)
            differences.Add($"the transactions are {restored.Gtid}, and were {Gtid}");
        if (restored.Uuid == Uuid)
            differences.Add($"the server has the UUID of the one that was lost, {Uuid}");
        if (restored.ServerId == ServerId)
            differences.Add($"the server has the id of the one that was lost, {ServerId}");
        return differences;
    }

    private static async Task<(long Rows, string Digest)> HashAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var hash = new RowHash();
        var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var disposal = command.ConfigureAwait(false);
        var rows = 0L;
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            hash.Add(reader);
            rows++;
        }

        return (rows, hash.Digits());
    }
}
