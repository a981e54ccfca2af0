using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace SportBuff.Server.Storage;

/// <summary>The table <c>buffs</c>.</summary>
internal sealed class BuffStore(DatabaseOptions options) : IBuffTable
{
    private const int LongestKey = 255;

    private const string LookForTable = "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'buffs'";

    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS buffs (
          id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
          created_at DATETIME(3) NOT NULL,
          updated_at DATETIME(3) NOT NULL,
          deleted_at DATETIME(3) NULL,
          question MEDIUMTEXT NOT NULL,
          answers JSON NOT NULL,
          message_key VARCHAR(255) COLLATE utf8mb4_0900_bin NULL UNIQUE,
          KEY (deleted_at)
        ) DEFAULT CHARACTER SET utf8mb4
        """;

    private readonly PasswordInForce password = new(options);

    /// <inheritdoc/>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        // Even where the table is there, MySQL refuses CREATE to a user who may not.
        await using var look = new MySqlCommand(LookForTable, connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var command = new MySqlCommand(CreateTable, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether MySQL answers.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        // The pool resets a connection before it gives it, which MySQL has to answer.
        await using var connection = await OpenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> AddAsync(IReadOnlyList<QueuedBuff> buffs, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = new List<int>();
        try
        {
            foreach (var (buff, key) in buffs)
            {
                await using var command = new MySqlCommand(
                    "INSERT INTO buffs (created_at, updated_at, question, answers, message_key) VALUES (@now, @now, @question, @answers, @key) ON DUPLICATE KEY UPDATE id = id",
                    connection,
                    transaction
                );
                command.Parameters.AddWithValue("@now", DateTime.UtcNow);
                command.Parameters.AddWithValue("@question", buff.Question);
                command.Parameters.AddWithValue("@answers", JsonSerializer.Serialize(buff.Answers, ServerJson.Default.IReadOnlyListString));
                command.Parameters.AddWithValue("@key", Fitting(key));
                rows.Add(await command.ExecuteNonQueryAsync(cancellationToken));
            }
        }
        catch (MySqlException e) when (IsRefusal(e.ErrorCode, e.SqlState))
        {
            throw new BuffRefusedException(e);
        }

        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    /// <summary>Whether MySQL did not answer: a connection that dies shows as more than one kind of exception.</summary>
    public static bool IsOutage(Exception error) =>
        error is MySqlException or IOException or System.Net.Sockets.SocketException or TimeoutException or InvalidOperationException;

    /// <summary>Whether MySQL will never take what it has refused: a data exception (SQLSTATE class 22), a broken constraint (23),
    /// characters the column can't hold.</summary>
    public static bool IsRefusal(MySqlErrorCode error, string? sqlState) =>
        error is MySqlErrorCode.TruncatedWrongValueForField or MySqlErrorCode.PacketTooLarge || sqlState is ['2', '2' or '3', ..];

    /// <summary>All buffs in ascending ID, as the JSON array of the contract.</summary>
    public async Task<byte[]> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(
            "SELECT id, created_at, updated_at, question, answers FROM buffs WHERE deleted_at IS NULL ORDER BY id",
            connection
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        using var list = new MemoryStream();
        await using (
            var writer = new Utf8JsonWriter(
                list,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            writer.WriteStartArray();
            while (await rows.ReadAsync(cancellationToken))
                Write(writer, rows);
            writer.WriteEndArray();
        }

        return list.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, MySqlDataReader row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("ID", row.GetUInt64(0));
        writer.WriteString("CreatedAt", Time(row.GetDateTime(1)));
        writer.WriteString("UpdatedAt", Time(row.GetDateTime(2)));
        writer.WriteStartObject("DeletedAt");
        writer.WriteString("Time", "0001-01-01T00:00:00Z");
        writer.WriteBoolean("Valid", false);
        writer.WriteEndObject();
        writer.WriteString("question", row.GetString(3));
        writer.WriteStartArray("answers");
        foreach (
            var answer in JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(row.GetString(4)), ServerJson.Default.IReadOnlyListString) ?? []
        )
            writer.WriteStringValue(answer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A key that does not fit its column is told by its hash: a message that can't be stored would hold up all behind
    /// it.</summary>
    private static string Fitting(string messageKey) =>
        messageKey.Length <= LongestKey ? messageKey : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageKey)));

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");

    private async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(await password.ConnectionStringAsync(cancellationToken));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
