using System.Text;
using Dapper;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Recovery;

/// <summary>The server that a restore was made for: as production's, under an id of its own, without its event scheduler until all is
/// proven.</summary>
public static class RestoredServer
{
    private const string Settings = "[mysqld]\nserver-id = 2\nevent-scheduler = OFF\n";

    /// <summary>Starts it on what was restored.</summary>
    /// <exception cref="StateNotSeenException">It did not come up: what was restored is no server's.</exception>
    public static async Task<AddedInstance> StartAsync(StackAdditions additions, DiskVolume data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(additions);
        ArgumentNullException.ThrowIfNull(data);
        var since = TimeProvider.System.GetTimestamp();
        var restored = new Addition(InstanceRole.Mysql, "mysql-restored")
        {
            Volumes = new Dictionary<string, string>(StringComparer.Ordinal) { [additions.DataFolder(InstanceRole.Mysql)] = data.Name },
            Files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["/etc/mysql/conf.d/zz-restored.cnf"] = Encoding.UTF8.GetBytes(Settings),
            },
        };
        try
        {
            return await additions.StartAsync(restored, cancellationToken).ConfigureAwait(false);
        }
        catch (StartException e)
        {
            throw new StateNotSeenException(
                "the restored server answers",
                TimeProvider.System.GetElapsedTime(since),
                Quotation.Of(e.Message),
                e
            );
        }
    }

    /// <summary>Has an event run again that was replayed, as the runbook says; in no transaction of its own, for the content is still to be
    /// held against another.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="mysql">The restored server.</param>
    /// <param name="name">The event, with its database before a dot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task EnableAsync(AttachedStack stack, StackInstance mysql, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var administrator = await stack.AdministratorAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator
            .ExecuteAsync(
                new CommandDefinition($"SET SESSION sql_log_bin = OFF; ALTER EVENT {name} ENABLE", cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Reads what it holds, and what would let it lose a committed row.</summary>
    /// <returns>The content, and one phrase for each setting that is not durable.</returns>
    public static async Task<(DatabaseContent Content, IReadOnlyList<string> Volatile)> ReadAsync(
        AttachedStack stack,
        StackInstance mysql,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stack);
        var connection = await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false);
        await using var disposal = connection.ConfigureAwait(false);
        var settings = await connection
            .QueryAsync<(string Name, string Value)>(
                new CommandDefinition(
                    "SHOW GLOBAL VARIABLES WHERE variable_name IN ('innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin', 'innodb_doublewrite')",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        return (
            await new ContentReader(connection).ReadAsync(accounts: false, cancellationToken).ConfigureAwait(false),
            [.. settings.Where(setting => setting.Value is not ("1" or "ON")).Select(setting => $"{setting.Name} is {setting.Value}")]
        );
    }
}
