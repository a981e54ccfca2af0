using Dapper;
using MySqlConnector;

namespace Verification.Stack.Components.MySql;

/// <summary>Whether MySQL refuses the services' user whatever is more than to read and write rows of its database: each statement is tried.
/// One that is let through does nothing: what it makes is there already, and what it changes is nowhere.</summary>
public static class StatementsBeyondRows
{
    /// <summary>What would be too much, with a statement that asks for it. The lock is the last: a session that has one reads nothing
    /// else.</summary>
    private static readonly (string What, string Statement)[] Excesses =
    [
        ("make tables", "CREATE TABLE buffs (id INT)"),
        ("change tables", "ALTER TABLE nowhere ADD COLUMN id INT"),
        ("remove tables", "DROP TABLE nowhere"),
        ("empty tables", "TRUNCATE TABLE nowhere"),
        ("make indexes", "CREATE INDEX places ON nowhere (id)"),
        ("make views", "CREATE VIEW buffs AS SELECT 1 AS id"),
        ("read who else has which rights", "SELECT COUNT(*) FROM mysql.user"),
        ("lock tables", "LOCK TABLES buffs READ"),
    ];

    /// <summary>How many statements are tried.</summary>
    public static int Count => Excesses.Length;

    /// <summary>Tries them.</summary>
    /// <param name="services">A connection of the services' user, to their database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each that was let through.</returns>
    /// <exception cref="MySqlException">MySQL does not answer, or has refused one for another reason.</exception>
    public static async Task<IReadOnlyList<string>> TakenAsync(MySqlConnection services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var taken = new List<string>();
        foreach (var (what, statement) in Excesses)
        {
            if (!await IsRefusedAsync(services, statement, cancellationToken).ConfigureAwait(false))
                taken.Add($"MySQL lets the services' user {what}: {statement}");
        }

        return taken;
    }

    /// <summary>Whether an answer of MySQL says that its user may not; rights are looked at before what the statement is about.</summary>
    /// <returns>Null where it says neither that nor that only what the statement is about was amiss.</returns>
    internal static bool? IsRefusal(MySqlErrorCode error) =>
        error switch
        {
            MySqlErrorCode.TableAccessDenied or MySqlErrorCode.DatabaseAccessDenied => true,
            MySqlErrorCode.TableExists or MySqlErrorCode.NoSuchTable or MySqlErrorCode.BadTable => false,
            _ => null,
        };

    private static async Task<bool> IsRefusedAsync(MySqlConnection services, string statement, CancellationToken cancellationToken)
    {
        try
        {
            await services.ExecuteAsync(new CommandDefinition(statement, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return false;
        }
        catch (MySqlException e) when (IsRefusal(e.ErrorCode) is not null)
        {
            return IsRefusal(e.ErrorCode) == true;
        }
    }
}
