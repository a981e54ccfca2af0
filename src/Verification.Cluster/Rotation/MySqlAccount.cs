using System.Globalization;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Cluster.Rotation;

/// <summary>An account of MySQL as the administrator of the server sees it, who gives it another password: for a while both are taken, then
/// the new one alone.</summary>
/// <param name="control">Runs commands at the server.</param>
/// <param name="mysql">The server.</param>
/// <param name="user">Name of the account.</param>
public sealed class MySqlAccount(IStackControl control, StackInstance mysql, string user)
{
    private const string AsRoot =
        "MYSQL_PWD=$MYSQL_ROOT_PASSWORD exec mysql --no-defaults --user=root --batch --skip-column-names --execute=\"$1\"";

    private const string AsUser = "MYSQL_PWD=$1 exec mysql --no-defaults --host=127.0.0.1 --user=\"$2\" --execute='SELECT 1'";
    private const string AccessDenied = "ERROR 1045";

    /// <summary>Gives it a new password beside the one that it has.</summary>
    /// <param name="password">The new one: letters and digits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">MySQL refuses.</exception>
    public Task TakeBothAsync(string password, CancellationToken cancellationToken) =>
        AskAsync($"ALTER USER '{user}'@'%' IDENTIFIED BY '{password}' RETAIN CURRENT PASSWORD", cancellationToken);

    /// <summary>Takes the old password away.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">MySQL refuses.</exception>
    public Task DiscardOldAsync(CancellationToken cancellationToken) =>
        AskAsync($"ALTER USER '{user}'@'%' DISCARD OLD PASSWORD", cancellationToken);

    /// <summary>Whether it is let in with a password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It is refused for another reason.</exception>
    public async Task<bool> AdmitsAsync(string password, CancellationToken cancellationToken)
    {
        var ended = await control.ExecAsync(mysql, ["sh", "-c", AsUser, "mysql", password, user], cancellationToken).ConfigureAwait(false);
        return ended.ExitCode == 0
            || (
                ended.Error.Contains(AccessDenied, StringComparison.Ordinal)
                    ? false
                    : throw new InvalidOperationException($"{user} at {mysql.Name}: {ended.Error.Trim()}")
            );
    }

    /// <summary>The connections that it has now.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">MySQL refuses.</exception>
    public async Task<IReadOnlyList<DatabaseConnection>> ConnectionsAsync(CancellationToken cancellationToken) =>
        [
            .. (
                await AskAsync($"SELECT id, host FROM information_schema.processlist WHERE user = '{user}'", cancellationToken)
                    .ConfigureAwait(false)
            )
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(columns => new DatabaseConnection(
                    long.Parse(columns[0], CultureInfo.InvariantCulture),
                    columns[1][..columns[1].LastIndexOf(':')]
                )),
        ];

    /// <summary>Ends connections of it.</summary>
    /// <param name="connections">Which.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EndAsync(IEnumerable<DatabaseConnection> connections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connections);
        foreach (var connection in connections)
            await AskAsync($"KILL {connection.Id}", cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> AskAsync(string sql, CancellationToken cancellationToken)
    {
        var ended = await control.ExecAsync(mysql, ["sh", "-c", AsRoot, "mysql", sql], cancellationToken).ConfigureAwait(false);
        // What was asked may hold a password.
        return ended.ExitCode == 0
            ? ended.Output.Trim()
            : throw new InvalidOperationException($"root at {mysql.Name}, of the account {user}: {ended.Error.Trim()}");
    }
}
