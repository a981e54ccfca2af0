namespace Verification.Recovery;

/// <summary>A database of all that backups are known to leave out or to change: objects beside tables, accounts with their rights, awkward
/// names and characters, times and zones, numbers that a text rounds.</summary>
public sealed class DrillObjects : IAsyncDisposable
{
    // Made as root: functions and triggers take the rights of one where a binary log is written. The event would end what it is to show.
    private const string Make = """
        SET NAMES utf8mb4;
        CREATE DATABASE drill CHARACTER SET utf8mb4;
        USE drill;
        CREATE TABLE `awkward``name ä` (
          id INT PRIMARY KEY, text TEXT, latin VARCHAR(99) CHARACTER SET latin1, bytes BLOB, document JSON, real4 FLOAT, real8 DOUBLE, exact DECIMAL(65, 30), bits BIT(64),
          truth TINYINT(1), name CHAR(36), letters ENUM('a', 'ß'), day DATE, clock TIME(6), at DATETIME(6), stamp TIMESTAMP(6) NULL, year YEAR, doubled BIGINT AS (id * 2) STORED, KEY (latin(3)));
        SET SESSION time_zone = '+05:30', sql_mode = '';
        INSERT INTO `awkward``name ä` (id, text, latin, bytes, document, real4, real8, exact, bits, truth, name, letters, day, clock, at, stamp, year) VALUES
          (1, '😀 \\ '' " ` \0 \r\n\t\Z é é', 'Ä', x'00ff0a1a5c27', '{"a": [1, 1.0, "1"], "b": null}', 0.1, 0.1, 12345678901234567890123456789012345.012345678901234567890123456789,
           0xfedcba9876543210, 2, 'AAAAAAAA-bbbb-0000-0000-00000000000C', 'ß', '2024-02-29', '-838:59:58.999999', '9999-12-31 23:59:59.999999', '2026-03-29 02:30:00.123456', 2155),
          (2, '', '', '', 'null', 0, -0.0, 0, 0, 0, '', 'a', '0000-00-00', '00:00:00', '2024-00-31 00:00:00', NULL, 1901),
          (-3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        CREATE TABLE keyless (a VARCHAR(9));
        INSERT INTO keyless VALUES ('a'), ('A'), ('a'), (NULL);
        CREATE TABLE parent (id INT PRIMARY KEY);
        CREATE TABLE child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE);
        INSERT INTO parent VALUES (7);
        INSERT INTO child VALUES (1, 7);
        CREATE VIEW seen AS SELECT id, text FROM `awkward``name ä`;
        CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2;
        CREATE PROCEDURE nothing() SELECT 'nö';
        CREATE TRIGGER upper_a BEFORE INSERT ON keyless FOR EACH ROW SET NEW.a = UPPER(NEW.a);
        CREATE EVENT never ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM drill.keyless;
        CREATE ROLE drill_reader;
        GRANT SELECT ON drill.seen TO drill_reader;
        CREATE USER 'drill person'@'10.%' IDENTIFIED BY 'a ''word''' REQUIRE SSL ACCOUNT LOCK;
        GRANT drill_reader TO 'drill person'@'10.%';
        GRANT SELECT (a), UPDATE (a) ON drill.keyless TO 'drill person'@'10.%';
        GRANT EXECUTE ON FUNCTION drill.twice TO 'drill person'@'10.%';
        """;

    private readonly BackupProcedures procedures;

    private DrillObjects(BackupProcedures procedures) => this.procedures = procedures;

    /// <summary>Makes it.</summary>
    /// <exception cref="InvalidOperationException">The server refused a statement.</exception>
    public static async Task<DrillObjects> PlantAsync(BackupProcedures procedures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        var planted = new DrillObjects(procedures);
        try
        {
            await procedures.AsRootAsync(Make, cancellationToken).ConfigureAwait(false);
            return planted;
        }
        catch
        {
            await planted.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes it, and its accounts.</summary>
    public async ValueTask DisposeAsync() =>
        await procedures
            .AsRootAsync(
                "DROP DATABASE IF EXISTS drill; DROP USER IF EXISTS 'drill person'@'10.%'; DROP ROLE IF EXISTS drill_reader",
                CancellationToken.None
            )
            .ConfigureAwait(false);
}
